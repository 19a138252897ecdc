package io.hotpod.agent.runtime.podman.libpod;

import io.hotpod.agent.runtime.Failure;
import java.io.Serial;

/** Podman refused a request. The message says what was asked and what Podman answered. */
public final class PodmanException extends Failure {
  @Serial private static final long serialVersionUID = 1L;

  private final int status;
  private final String answer;

  /**
   * @param doing what was asked
   * @param status of HTTP
   * @param answer Podman's words
   */
  public PodmanException(String doing, int status, String answer) {
    super(doing + ": " + answer + " (HTTP " + status + ")");
    this.status = status;
    this.answer = answer;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** Podman's own words, on one line. */
  public String answer() {
    return answer;
  }

  /**
   * Whether something was gone that was there a moment ago, such as when a pod is being removed.
   */
  public boolean vanished() {
    return answer.contains("no such container") || answer.contains("no such pod");
  }
}
