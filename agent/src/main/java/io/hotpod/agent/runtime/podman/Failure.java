package io.hotpod.agent.runtime.podman;

import java.io.Serial;

/** What goes wrong here always says why. */
abstract class Failure extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final String message;

  Failure(String message) {
    super(message);
    this.message = message;
  }

  Failure(String message, Throwable cause) {
    super(message, cause);
    this.message = message;
  }

  @Override
  public String getMessage() {
    return message;
  }
}
