package io.hotpod.agent.runtime.podman;

import io.hotpod.agent.runtime.podman.libpod.ContainerView;
import io.hotpod.pod.ContainerState;
import java.util.Optional;

/** How an ended container is told in the kubelet's words. */
final class Termination {
  private static final int KILLED = 137;

  private Termination() {}

  /**
   * @param message why it was ended by the agent, or its own last words; may be empty
   * @param outOfMemory the kernel killed it for its memory limit
   */
  static ContainerState.Terminated of(ContainerView ended, String message, boolean outOfMemory) {
    String reason = outOfMemory ? "OOMKilled" : ended.exitCode() == 0 ? "Completed" : "Error";
    return new ContainerState.Terminated(
        ended.exitCode(), reason, message, ended.startedAt(), ended.finishedAt());
  }

  /**
   * It ran, and nobody knows how it ended: Podman says nothing true of what ran when the machine
   * went down.
   */
  static ContainerState.Terminated unknown(Optional<ContainerView> last) {
    return new ContainerState.Terminated(
        KILLED,
        "ContainerStatusUnknown",
        "it ended with its pod, and nobody saw how",
        last.flatMap(ContainerView::startedAt),
        Optional.empty());
  }

  /** Somebody removed the container. */
  static ContainerView vanished(ContainerView before) {
    return new ContainerView(
        before.id(),
        before.name(),
        "exited",
        KILLED,
        false,
        before.startedAt(),
        before.finishedAt(),
        before.imageId(),
        before.madeFrom(),
        0,
        before.ip(),
        before.labels());
  }
}
