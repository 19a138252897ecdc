package io.hotpod.agent.runtime.podman;

import io.hotpod.agent.runtime.Failure;
import java.io.Serial;

/** Podman's service did not answer: it is not there, it went away, or the deadline passed. */
final class PodmanUnavailableException extends Failure {
  @Serial private static final long serialVersionUID = 1L;

  private final boolean late;

  PodmanUnavailableException(String message, boolean late, Throwable cause) {
    super(message, cause);
    this.late = late;
  }

  /** It was there and took longer than the deadline. */
  boolean late() {
    return late;
  }
}
