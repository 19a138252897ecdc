package io.hotpod.agent.source.heat;

import java.io.Serial;

/** Nobody waits for a signal any more, or it can never be taken. */
final class SignalRefusedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  SignalRefusedException(String message) {
    super(message);
  }
}
