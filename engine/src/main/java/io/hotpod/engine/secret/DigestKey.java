package io.hotpod.engine.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.pod.ModificationToken;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import tools.jackson.databind.JsonNode;

/**
 * Makes digests that say nothing to whoever has not the key: what they are of may be a password
 * that could be guessed. Immutable.
 */
public final class DigestKey {
  private static final int BYTES = 32;
  private static final int TOKEN_BYTES = 16;

  private final byte[] key;

  private DigestKey(byte[] key) {
    this.key = key;
  }

  /** A new key, as text. */
  public static String make(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** The key that a text of {@link #make} is. */
  public static DigestKey of(String text) {
    return new DigestKey(Base64.getDecoder().decode(text));
  }

  /**
   * A digest of a text.
   *
   * @param purpose equal texts have other digests for another purpose
   * @return 43 characters that a URL can carry
   */
  public String digest(String purpose, String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(purpose, text));
  }

  /** The modification token of a resource's desired content. */
  public ModificationToken token(
      String stackId, String resourceName, int incarnation, JsonNode content) {
    String plain = ModificationToken.of(stackId, resourceName, incarnation, content).value();
    byte[] first = Arrays.copyOf(bytes("token", plain), TOKEN_BYTES);
    return new ModificationToken(Base64.getUrlEncoder().withoutPadding().encodeToString(first));
  }

  private byte[] bytes(String purpose, String text) {
    return Hmac.of(key, (purpose + ":").getBytes(UTF_8), text.getBytes(UTF_8));
  }
}
