package io.hotpod.agent.runtime;

import java.io.Serial;

/** The command cannot be run: the message says why, and not what the command was. */
public final class ExecUnavailableException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public ExecUnavailableException(String message) {
    super(message);
  }
}
