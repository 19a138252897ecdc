package io.hotpod.engine.plan;

import io.hotpod.document.DocumentException;
import io.hotpod.document.Location;
import io.hotpod.document.Problem;
import io.hotpod.engine.resource.PlannedPod;
import io.hotpod.pod.HostPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The pods that a plan puts on instances, and whether they fit beside each other. Use once. */
final class PlannedPods {
  private final List<Placed> placed = new ArrayList<>();

  private record Placed(String resource, PlannedPod pod) {}

  /**
   * Adds a pod.
   *
   * @param resource name of the deployment
   * @throws DocumentException when it wants what another pod on the instance has
   */
  void add(String resource, Optional<Location> location, PlannedPod pod) {
    for (Placed other : placed) {
      if (other.pod().instanceId().equals(pod.instanceId())) {
        pod.hostPorts().colliding(other.pod().hostPorts()).stream()
            .findFirst()
            .ifPresent(
                port -> {
                  throw new DocumentException(collision(resource, location, other, port));
                });
      }
    }
    placed.add(new Placed(resource, pod));
  }

  private static Problem collision(
      String resource, Optional<Location> location, Placed other, HostPort port) {
    return new Problem(
        location,
        "resources." + resource,
        "hostPort %s on instance %s is what the pod of %s has already"
            .formatted(port, other.pod().instance(), other.resource()),
        Optional.of("give one of them another port, or another instance"));
  }
}
