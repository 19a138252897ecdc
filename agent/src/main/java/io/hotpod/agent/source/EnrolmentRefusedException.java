package io.hotpod.agent.source;

import java.io.Serial;

/**
 * The server will never enrol this instance so: its join token is wrong or used, or its name cannot
 * be taken. Trying again does not help; the message says what does.
 */
public final class EnrolmentRefusedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final String message;

  public EnrolmentRefusedException(String message) {
    super(message);
    this.message = message;
  }

  @Override
  public String getMessage() {
    return message;
  }
}
