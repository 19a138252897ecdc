package io.hotpod.agent.runtime.podman;

import java.io.Serial;

/** A pod, or a container of it, is not here: the message says which. */
final class NoSuchContainerException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  NoSuchContainerException(String message) {
    super(message);
  }
}
