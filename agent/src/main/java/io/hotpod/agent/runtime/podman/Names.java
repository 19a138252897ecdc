package io.hotpod.agent.runtime.podman;

import io.hotpod.agent.runtime.ReadableName;
import io.hotpod.pod.DesiredPod;

/**
 * What things are called in Podman. The names follow from the content alone, so a creation that was
 * interrupted is found again instead of being done twice.
 */
final class Names {
  private Names() {}

  /** Such as {@code web-1f00ba9c2d}: the manifest's name, and what sets it apart. */
  static String pod(String instanceId, DesiredPod desired) {
    return ReadableName.of(
        desired.pod().getMetadata().getName(), instanceId, desired.id(), desired.token().value());
  }

  static String container(String podName, String container, int attempt) {
    return podName + "-" + container + "-" + attempt;
  }
}
