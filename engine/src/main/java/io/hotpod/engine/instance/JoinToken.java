package io.hotpod.engine.instance;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * Lets one instance enrol, once.
 *
 * @param secret shown once, stored only as a digest
 */
public record JoinToken(String secret, Instant expiresAt) {
  public JoinToken {
    requireNonNull(secret, "secret is null");
    requireNonNull(expiresAt, "expiresAt is null");
  }

  /** Leaves out the secret. */
  @Override
  public String toString() {
    return "JoinToken[expiresAt=" + expiresAt + "]";
  }
}
