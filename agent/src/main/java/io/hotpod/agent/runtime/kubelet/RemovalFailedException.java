package io.hotpod.agent.runtime.kubelet;

import io.hotpod.agent.runtime.Failure;
import java.io.Serial;

/** Something of a pod is still there. */
final class RemovalFailedException extends Failure {
  @Serial private static final long serialVersionUID = 1L;

  RemovalFailedException(String podName, Exception cause) {
    super("pod " + podName + " is not gone: " + cause.getMessage(), cause);
  }

  RemovalFailedException(String podName, String why) {
    super("pod " + podName + " is not gone: " + why);
  }
}
