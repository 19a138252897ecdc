package io.hotpod.agent.reconcile;

import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.HostPort;
import io.hotpod.pod.HostPorts;
import io.hotpod.pod.UpdateStrategy;
import java.util.List;
import java.util.Optional;

/** Whether a new content of a pod can be there beside an older one. Pure. */
final class Coexistence {
  private Coexistence() {}

  static boolean isWanted(DesiredPod pod) {
    return pod.updateStrategy() == UpdateStrategy.START_FIRST;
  }

  /**
   * Why the older pod has to go before this one comes; empty when it may stay until this one is
   * ready.
   *
   * @param held ports of the older pod; empty when nobody knows them
   */
  static Optional<String> obstacle(DesiredPod pod, Optional<HostPorts> held) {
    if (!isWanted(pod)) {
      return Optional.of("its content changed");
    }
    HostPorts ports = HostPorts.of(pod.pod());
    if (ports.isEmpty()) {
      return Optional.empty();
    }
    if (held.isEmpty()) {
      return Optional.of(
          "its content changed; it uses ports of the machine and those of the old pod are not"
              + " known, so the old pod goes first in spite of START_FIRST");
    }
    List<HostPort> both = ports.colliding(held.get());
    return both.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "its content changed; the old pod has port %s of the machine too, so it goes first in spite of START_FIRST"
                .formatted(both.getFirst()));
  }

  /** What is to be said of a pod whose update strategy cannot be followed by every update. */
  static Optional<String> remark(DesiredPod pod) {
    if (!isWanted(pod) || Soundness.problem(pod).isPresent()) {
      return Optional.empty();
    }
    return HostPorts.of(pod.pod()).ports().stream()
        .findFirst()
        .map(
            port ->
                "it has port %s of the machine: an update that keeps it is done as RECREATE in spite of START_FIRST"
                    .formatted(port));
  }
}
