package io.hotpod.server.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.server.http.Json;
import io.hotpod.server.users.Secrets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes tokens as {@code hp1.CONTENT.SIGNATURE}, and reads back what this key has signed. */
final class TokenText {
  private static final String PREFIX = "hp1.";
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  private final byte[] key;

  TokenText(byte[] key) {
    this.key = key.clone();
  }

  /** Whether a text may be one of these at all. */
  static boolean looksLike(String text) {
    return text.startsWith(PREFIX);
  }

  String write(SignedToken token) {
    ObjectNode content = Json.object();
    content.put("i", token.id()).put("u", token.user()).put("b", token.basis());
    token.project().ifPresent(project -> content.put("p", project));
    content.set("m", Json.strings(token.methods()));
    content.put("f", token.issuedAt().getEpochSecond());
    content.put("t", token.expiresAt().getEpochSecond());
    String signed = PREFIX + ENCODER.encodeToString(Json.write(content).getBytes(UTF_8));
    return signed + "." + ENCODER.encodeToString(Secrets.sign(key, signed));
  }

  /** Empty when this key did not sign it; says nothing of expiry. */
  Optional<SignedToken> read(String text) {
    int dot = text.lastIndexOf('.');
    if (!looksLike(text) || dot <= PREFIX.length()) {
      return Optional.empty();
    }
    try {
      byte[] signature = DECODER.decode(text.substring(dot + 1));
      if (!MessageDigest.isEqual(signature, Secrets.sign(key, text.substring(0, dot)))) {
        return Optional.empty();
      }
      return Optional.of(content(Json.read(DECODER.decode(text.substring(PREFIX.length(), dot)))));
    } catch (IllegalArgumentException | JacksonException notOurs) {
      return Optional.empty();
    }
  }

  private static SignedToken content(JsonNode content) {
    List<String> methods =
        content.path("m").valueStream().map(method -> method.asString("")).toList();
    return new SignedToken(
        content.path("i").asString(""),
        content.path("u").asString(""),
        content.path("b").asString(""),
        content.path("p").asStringOpt(),
        methods,
        Instant.ofEpochSecond(content.path("f").asLong(0)),
        Instant.ofEpochSecond(content.path("t").asLong(0)));
  }
}
