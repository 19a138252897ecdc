package io.hotpod.agent.runtime.podman;

import io.hotpod.agent.runtime.Failure;
import java.io.Serial;

/** Podman refused a request. The message says what was asked and what Podman answered. */
final class PodmanException extends Failure {
  @Serial private static final long serialVersionUID = 1L;

  private final int status;
  private final String answer;

  PodmanException(String doing, int status, String answer) {
    super(doing + ": " + answer + " (HTTP " + status + ")");
    this.status = status;
    this.answer = answer;
  }

  /** The HTTP status. */
  int status() {
    return status;
  }

  /** Podman's own words, on one line. */
  String answer() {
    return answer;
  }

  /**
   * Whether something was gone that was there a moment ago, such as when a pod is being removed.
   */
  boolean vanished() {
    return answer.contains("no such container") || answer.contains("no such pod");
  }
}
