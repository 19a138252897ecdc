package io.hotpod.agent.runtime.podman.libpod;

import io.hotpod.agent.runtime.Failure;
import java.io.Serial;
import java.util.concurrent.TimeoutException;

/** Podman's service did not answer: it is not there, it went away, or the deadline passed. */
public final class PodmanUnavailableException extends Failure {
  @Serial private static final long serialVersionUID = 1L;

  private final boolean late;

  PodmanUnavailableException(String message, boolean late, Throwable cause) {
    super(message, cause);
    this.late = late;
  }

  /** Podman answers, and what it was asked for takes longer than it may. */
  public static PodmanUnavailableException late(String doing) {
    return new PodmanUnavailableException(
        doing + " took longer than it may", true, new TimeoutException(doing));
  }

  /** It was there and took longer than the deadline. */
  public boolean late() {
    return late;
  }
}
