package io.hotpod.testing.kubelet;

import java.util.Optional;

/**
 * Whom the port with TLS lets in, besides those who show its client certificate.
 *
 * @param anonymous everybody
 * @param token those who bring this bearer token
 */
public record Access(boolean anonymous, Optional<String> token) {
  /** Everybody. */
  public static final Access OPEN = new Access(true, Optional.empty());

  /** Only those with the client certificate. */
  public static final Access CERTIFICATE = new Access(false, Optional.empty());

  /** Those with a token, and those with the client certificate. */
  public static Access token(String token) {
    return new Access(false, Optional.of(token));
  }
}
