package io.hotpod.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.hotpod.engine.stack.Caller;
import io.hotpod.pod.CanonicalJson;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says who asks, once the route's permission was found to be theirs in the project that the path
 * names. Thread-safe.
 */
public final class Callers {
  private static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("Idempotency-Key");
  private static final int LONGEST_KEY = 255;

  /** The caller of a request that changes nothing. */
  public Caller of(Request request) {
    return new Caller(request.variable("project"), request.user(), Optional.empty());
  }

  /** The caller of a request that changes something, with the key that it sent. */
  public Caller changing(Request request, Optional<ObjectNode> body) {
    String project = request.variable("project");
    return new Caller(
        project,
        request.user(),
        request.header(IDEMPOTENCY_KEY).map(key -> idempotencyKey(key, request, body)));
  }

  /**
   * Refuses a request that hopes to be done once, where that cannot be promised.
   *
   * @throws ApiException 400 when it has a key
   */
  public void refuseKey(Request request) {
    if (request.header(IDEMPOTENCY_KEY).isPresent()) {
      throw ApiException.badRequest(
          "Idempotency-Key does not count here: a command that was run cannot be answered again.");
    }
  }

  private static Caller.IdempotencyKey idempotencyKey(
      String key, Request request, Optional<ObjectNode> body) {
    if (key.isEmpty() || key.length() > LONGEST_KEY) {
      throw ApiException.badRequest("Idempotency-Key takes 1 to 255 characters.");
    }
    return new Caller.IdempotencyKey(
        key,
        digest(request.method(), request.rawPath(), body.map(CanonicalJson::write).orElse("")));
  }

  /**
   * What is the same in two requests that ask for the same.
   *
   * @param body in canonical form; empty for none
   */
  public static String digest(String method, String rawPath, String body) {
    String asked = method + "\n" + rawPath + "\n" + body;
    return HexFormat.of().formatHex(sha256().digest(asked.getBytes(UTF_8)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
