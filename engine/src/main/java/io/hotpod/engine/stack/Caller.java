package io.hotpod.engine.stack;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Who asks, and whether they may ask twice.
 *
 * @param project everything is looked up and stored in it
 * @param user the name of the user who asks; empty where users are not told apart, and for what the
 *     engine does by itself
 * @param idempotencyKey when present, the same request under the same key is answered again and not
 *     done again
 */
public record Caller(
    String project, Optional<String> user, Optional<IdempotencyKey> idempotencyKey) {
  public Caller {
    requireNonNull(project, "project is null");
    requireNonNull(user, "user is null");
    requireNonNull(idempotencyKey, "idempotencyKey is null");
  }

  /** A caller without a name that sent no key. */
  public static Caller of(String project) {
    return new Caller(project, Optional.empty(), Optional.empty());
  }

  /**
   * A caller's own modification token.
   *
   * @param key chosen by the caller, 1 to 255 characters
   * @param requestDigest of method, path and body; the same key with another digest is refused
   */
  public record IdempotencyKey(String key, String requestDigest) {
    public IdempotencyKey {
      requireNonNull(key, "key is null");
      requireNonNull(requestDigest, "requestDigest is null");
    }
  }
}
