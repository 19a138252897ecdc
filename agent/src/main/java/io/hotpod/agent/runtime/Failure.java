package io.hotpod.agent.runtime;

import java.io.Serial;

/** What goes wrong in a runtime always says why. */
public abstract class Failure extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final String message;

  protected Failure(String message) {
    super(message);
    this.message = message;
  }

  protected Failure(String message, Throwable cause) {
    super(message, cause);
    this.message = message;
  }

  @Override
  public String getMessage() {
    return message;
  }
}
