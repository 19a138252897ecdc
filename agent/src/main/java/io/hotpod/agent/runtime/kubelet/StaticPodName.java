package io.hotpod.agent.runtime.kubelet;

import io.hotpod.agent.runtime.ReadableName;
import io.hotpod.pod.DesiredPod;
import java.util.function.Predicate;

/**
 * What pods are called on a kubelet: the same name for each content of a deployment, so that files
 * and logs stay where they are, and a second one only while two contents stand side by side. Pure.
 */
final class StaticPodName {
  private StaticPodName() {}

  /**
   * @param taken whether a pod has that name now
   */
  static String of(String instanceId, DesiredPod desired, Predicate<String> taken) {
    for (int slot = 0; ; slot++) {
      String name =
          ReadableName.of(
              readable(desired.pod().getMetadata().getName()),
              instanceId,
              desired.id(),
              Integer.toString(slot));
      if (!taken.test(name)) {
        return name;
      }
    }
  }

  /** Its beginning is cut off somewhere, and no part of a name may end with a dash. */
  private static String readable(String name) {
    int longest = Math.min(name.length(), 40);
    return name.substring(0, longest).replaceAll("[-.]+$", "");
  }
}
