package io.hotpod.pod;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The whole desired set of one instance. A newer version replaces an older one completely.
 *
 * @param version grows with each change of the set; 0 is the empty set of an instance that was
 *     never given anything
 * @param pods in the order in which they were asked for; ids are unique
 */
public record DesiredPods(long version, List<DesiredPod> pods) {
  /** The empty set of an instance that was never given anything. */
  public static final DesiredPods NONE = new DesiredPods(0, List.of());

  public DesiredPods {
    if (version < 0) {
      throw new IllegalArgumentException("version is negative: " + version);
    }
    pods = List.copyOf(pods);
    Set<String> ids = new HashSet<>();
    for (DesiredPod pod : pods) {
      if (!ids.add(pod.id())) {
        throw new IllegalArgumentException("pod " + pod.id() + " is listed twice");
      }
    }
  }
}
