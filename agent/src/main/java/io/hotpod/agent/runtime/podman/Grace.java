package io.hotpod.agent.runtime.podman;

import io.hotpod.pod.DesiredPod;
import java.time.Duration;
import java.util.Map;

/** How long the containers of a pod have to end. */
final class Grace {
  private static final Duration DEFAULT = Duration.ofSeconds(30);

  private Grace() {}

  static Duration of(DesiredPod desired) {
    Long seconds = desired.pod().getSpec().getTerminationGracePeriodSeconds();
    return seconds == null ? DEFAULT : Duration.ofSeconds(seconds);
  }

  /** As its labels say, for a pod of which nothing else is known. */
  static Duration of(Map<String, String> labels) {
    try {
      return Duration.ofSeconds(
          Long.parseLong(labels.getOrDefault(Labels.GRACE, Long.toString(DEFAULT.toSeconds()))));
    } catch (NumberFormatException e) {
      return DEFAULT;
    }
  }
}
