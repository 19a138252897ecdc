package io.hotpod.agent.runtime.podman.libpod;

import java.io.Serial;

/** A pod, or a container of it, is not here: the message says which. */
public final class NoSuchContainerException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * @param message for people
   */
  public NoSuchContainerException(String message) {
    super(message);
  }
}
