package io.hotpod.agent.runtime.podman;

import io.hotpod.agent.runtime.Failure;
import java.io.Serial;

/** A container could not be made or started; it is tried again later. */
final class AttemptFailedException extends Failure {
  @Serial private static final long serialVersionUID = 1L;

  private final String reason;

  /**
   * @param reason the kubelet's word for it, such as {@code ErrImagePull}
   */
  AttemptFailedException(String reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  AttemptFailedException(String reason, String message) {
    super(message);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
