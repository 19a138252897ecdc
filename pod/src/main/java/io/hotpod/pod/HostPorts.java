package io.hotpod.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The ports of its instance that a pod takes for itself, for as long as it is there.
 *
 * @param ports in the order of the manifest, each once
 */
public record HostPorts(List<HostPort> ports) {
  public HostPorts {
    ports = ports.stream().distinct().toList();
  }

  /**
   * Those of a pod. On the network of the host every port that a container names is one of the
   * host, as in the Kubernetes API; what a container listens to and does not name is not known.
   */
  public static HostPorts of(Pod pod) {
    boolean hostNetwork = Boolean.TRUE.equals(pod.getSpec().getHostNetwork());
    List<Container> all = new ArrayList<>(pod.getSpec().getInitContainers());
    all.addAll(pod.getSpec().getContainers());
    List<HostPort> ports = new ArrayList<>();
    for (Container container : all) {
      for (ContainerPort port : container.getPorts()) {
        Optional.ofNullable(port.getHostPort())
            .filter(number -> number > 0)
            .or(() -> hostNetwork ? Optional.ofNullable(port.getContainerPort()) : Optional.empty())
            .ifPresent(number -> ports.add(hostPort(number, port)));
      }
    }
    return new HostPorts(ports);
  }

  private static HostPort hostPort(int number, ContainerPort port) {
    return new HostPort(
        number,
        Optional.ofNullable(port.getProtocol()).orElse("TCP").toUpperCase(Locale.ROOT),
        Optional.ofNullable(port.getHostIP()).orElse(""));
  }

  /** Those of these that cannot be had as long as somebody has the others. */
  public List<HostPort> colliding(HostPorts others) {
    return ports.stream().filter(port -> others.ports.stream().anyMatch(port::collides)).toList();
  }

  public boolean isEmpty() {
    return ports.isEmpty();
  }
}
