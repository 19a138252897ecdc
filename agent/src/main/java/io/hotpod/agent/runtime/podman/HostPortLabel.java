package io.hotpod.agent.runtime.podman;

import static java.util.stream.Collectors.joining;

import io.hotpod.agent.runtime.podman.libpod.Labels;
import io.hotpod.pod.HostPort;
import io.hotpod.pod.HostPorts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The ports of the machine as a label: {@code port/protocol/address}, with a blank between two. The
 * address is empty for all of them.
 */
final class HostPortLabel {
  private HostPortLabel() {}

  static String of(HostPorts ports) {
    return ports.ports().stream()
        .map(port -> port.port() + "/" + port.protocol() + "/" + port.address())
        .collect(joining(" "));
  }

  /** Empty where the labels do not say. */
  static Optional<HostPorts> read(Map<String, String> labels) {
    return Optional.ofNullable(labels.get(Labels.HOST_PORTS)).flatMap(HostPortLabel::read);
  }

  private static Optional<HostPorts> read(String text) {
    List<HostPort> ports = new ArrayList<>();
    try {
      for (String one : text.isEmpty() ? List.<String>of() : List.of(text.split(" ", -1))) {
        String[] parts = one.split("/", 3);
        if (parts.length < 3) {
          return Optional.empty();
        }
        ports.add(new HostPort(Integer.parseInt(parts[0]), parts[1], parts[2]));
      }
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
    return Optional.of(new HostPorts(ports));
  }
}
