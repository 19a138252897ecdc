package io.hotpod.agent.runtime.podman.image;

import io.hotpod.agent.runtime.Failure;
import java.io.Serial;

/** A container could not be made or started; it is tried again later. */
public final class AttemptFailedException extends Failure {
  @Serial private static final long serialVersionUID = 1L;

  private final String reason;

  /**
   * @param reason the kubelet's word for it, such as {@code ErrImagePull}
   */
  public AttemptFailedException(String reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /**
   * @param reason as a kubelet names it, such as {@code ErrImagePull}
   */
  public AttemptFailedException(String reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** As a kubelet names it. */
  public String reason() {
    return reason;
  }
}
