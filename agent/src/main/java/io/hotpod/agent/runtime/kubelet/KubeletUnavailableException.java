package io.hotpod.agent.runtime.kubelet;

import io.hotpod.agent.runtime.Failure;
import java.io.Serial;

/** The kubelet does not answer, or not as a kubelet does. The message says what to do. */
final class KubeletUnavailableException extends Failure {
  @Serial private static final long serialVersionUID = 1L;

  private final Kind kind;

  /** What is between the agent and the kubelet. */
  enum Kind {
    /** Nobody listens. */
    SILENT,
    /** Its certificate is not the expected one. */
    STRANGER,
    /** It does not take the agent's credentials. */
    REFUSED,
    /** It takes them, and allows too little. */
    FORBIDDEN,
    OTHER
  }

  KubeletUnavailableException(String message) {
    this(Kind.OTHER, message);
  }

  KubeletUnavailableException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  KubeletUnavailableException(String message, Throwable cause) {
    this(Kind.OTHER, message, cause);
  }

  KubeletUnavailableException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }
}
