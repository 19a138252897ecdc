package io.hotpod.engine.resource.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import io.hotpod.engine.resource.PlannedPod.HostPort;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** The ports of its instance that a pod takes for itself. Pure. */
final class HostPorts {
  private static final String ANY = "0.0.0.0";

  private HostPorts() {}

  static Set<HostPort> of(Pod pod) {
    boolean hostNetwork = Boolean.TRUE.equals(pod.getSpec().getHostNetwork());
    Set<HostPort> ports = new LinkedHashSet<>();
    for (Container container : pod.getSpec().getContainers()) {
      for (ContainerPort port : container.getPorts()) {
        // On the network of the host every port of a container is one of the host.
        Optional.ofNullable(port.getHostPort())
            .or(() -> hostNetwork ? Optional.ofNullable(port.getContainerPort()) : Optional.empty())
            .filter(number -> number > 0)
            .ifPresent(number -> ports.add(hostPort(number, port)));
      }
    }
    return ports;
  }

  private static HostPort hostPort(int number, ContainerPort port) {
    return new HostPort(
        number,
        Optional.ofNullable(port.getProtocol()).orElse("TCP"),
        Optional.ofNullable(port.getHostIP()).filter(address -> !address.equals(ANY)).orElse(""));
  }
}
