package io.hotpod.agent.runtime.podman;

import io.hotpod.agent.runtime.Failure;
import java.io.Serial;

/** The pod around the containers is gone or down: it has to be made again as a whole. */
final class SandboxLostException extends Failure {
  @Serial private static final long serialVersionUID = 1L;

  SandboxLostException(String message) {
    super(message);
  }
}
