package io.hotpod.agent.source;

import java.io.Serial;

/** The source failed: the message says what was asked of it and what came back. */
public final class SourceException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final String message;

  public SourceException(String message) {
    super(message);
    this.message = message;
  }

  public SourceException(String message, Throwable cause) {
    super(message, cause);
    this.message = message;
  }

  @Override
  public String getMessage() {
    return message;
  }
}
