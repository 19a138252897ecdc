package io.hotpod.agent.runtime.podman;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HostAlias;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.hotpod.agent.runtime.podman.libpod.Labels;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.HostPorts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The body of libpod's {@code pods/create} for a desired pod. Pure. */
final class PodSpecification {
  private PodSpecification() {}

  /**
   * @throws io.hotpod.agent.runtime.ConfigurationException when its name cannot be given
   */
  static ObjectNode of(String instanceId, String podName, DesiredPod desired) {
    PodSpec spec = desired.pod().getSpec();
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("name", podName);
    body.putObject("labels")
        .put(Labels.INSTANCE, instanceId)
        .put(Labels.POD, desired.id())
        .put(Labels.TOKEN, desired.token().value())
        .put(Labels.GRACE, Long.toString(Grace.of(desired).toSeconds()))
        .put(Labels.HOST_PORTS, HostPortLabel.of(HostPorts.of(desired.pod())))
        .put(Labels.POD_NAME, desired.pod().getMetadata().getName());
    if (Boolean.TRUE.equals(spec.getHostNetwork())) {
      body.putObject("netns").put("nsmode", "host");
    } else {
      body.put("hostname", Hostnames.of(desired.pod()).checked().kernel());
      ports(spec, body);
    }
    if (spec.getSecurityContext() != null && !spec.getSecurityContext().getSysctls().isEmpty()) {
      ObjectNode sysctls = body.putObject("sysctl");
      spec.getSecurityContext()
          .getSysctls()
          .forEach(one -> sysctls.put(one.getName().replace('/', '.'), one.getValue()));
    }
    if (Boolean.TRUE.equals(spec.getShareProcessNamespace())) {
      body.putArray("shared_namespaces").add("ipc").add("net").add("uts").add("pid");
    }
    if (!spec.getHostAliases().isEmpty()) {
      ArrayNode hosts = body.putArray("hostadd");
      for (HostAlias alias : spec.getHostAliases()) {
        for (String name : alias.getHostnames()) {
          hosts.add(name + ":" + alias.getIp());
        }
      }
    }
    return body;
  }

  private static void ports(PodSpec spec, ObjectNode body) {
    ArrayNode mappings = JsonNodeFactory.instance.arrayNode();
    List<Container> all = new ArrayList<>(spec.getInitContainers());
    all.addAll(spec.getContainers());
    for (Container container : all) {
      for (ContainerPort port : container.getPorts()) {
        if (port.getHostPort() != null && port.getHostPort() > 0) {
          ObjectNode mapping = mappings.addObject();
          mapping.put("container_port", port.getContainerPort());
          mapping.put("host_port", port.getHostPort());
          mapping.put("host_ip", port.getHostIP() == null ? "" : port.getHostIP());
          String protocol = port.getProtocol() == null ? "TCP" : port.getProtocol();
          mapping.put("protocol", protocol.toLowerCase(Locale.ROOT));
        }
      }
    }
    if (!mappings.isEmpty()) {
      body.set("portmappings", mappings);
    }
  }
}
