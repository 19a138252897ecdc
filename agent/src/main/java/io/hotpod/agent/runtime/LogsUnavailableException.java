package io.hotpod.agent.runtime;

import java.io.Serial;

/** There is nothing to read: the message says why. */
public final class LogsUnavailableException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public LogsUnavailableException(String message) {
    super(message);
  }
}
