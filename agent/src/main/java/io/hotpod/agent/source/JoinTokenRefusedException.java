package io.hotpod.agent.source;

import java.io.Serial;

/** The join token is wrong or used: trying again does not help. */
public final class JoinTokenRefusedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final String message;

  public JoinTokenRefusedException(String message) {
    super(message);
    this.message = message;
  }

  @Override
  public String getMessage() {
    return message;
  }
}
