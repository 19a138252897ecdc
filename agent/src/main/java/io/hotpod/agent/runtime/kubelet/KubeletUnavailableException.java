package io.hotpod.agent.runtime.kubelet;

import io.hotpod.agent.runtime.Failure;
import java.io.Serial;

/** The kubelet does not answer, or not as a kubelet does. The message says what to do. */
final class KubeletUnavailableException extends Failure {
  @Serial private static final long serialVersionUID = 1L;

  KubeletUnavailableException(String message) {
    super(message);
  }

  KubeletUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
