package io.hotpod.agent.runtime.podman;

import io.hotpod.agent.runtime.podman.libpod.Labels;
import io.hotpod.pod.DesiredPod;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** How long the containers of a pod have to end. */
final class Grace {
  private static final Duration DEFAULT = Duration.ofSeconds(30);

  private Grace() {}

  static Duration of(DesiredPod desired) {
    Long seconds = desired.pod().getSpec().getTerminationGracePeriodSeconds();
    return seconds == null ? DEFAULT : Duration.ofSeconds(seconds);
  }

  /** As its labels say, for a pod of which nothing else is known; empty where they do not. */
  static Optional<Duration> of(Map<String, String> labels) {
    try {
      return Optional.ofNullable(labels.get(Labels.GRACE))
          .map(seconds -> Duration.ofSeconds(Math.max(0, Long.parseLong(seconds))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
