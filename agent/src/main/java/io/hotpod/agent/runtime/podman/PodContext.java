package io.hotpod.agent.runtime.podman;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.ResourceFieldSelector;
import io.hotpod.agent.runtime.ConfigurationException;
import io.hotpod.agent.runtime.Machine;
import io.hotpod.agent.runtime.VolumeFiles;
import io.hotpod.pod.DesiredPod;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the fields of a pod's status and metadata are worth while its containers are made.
 *
 * @param uid Podman's id of the pod
 */
record PodContext(
    DesiredPod desired,
    String nodeName,
    String uid,
    Optional<String> podIp,
    String hostIp,
    Machine machine)
    implements VolumeFiles.Downward {

  /** The value of a {@code fieldRef}, by the Kubernetes API reference (ObjectFieldSelector). */
  @Override
  public String field(String path) {
    return switch (path) {
      case "metadata.name" -> desired.pod().getMetadata().getName();
      case "metadata.namespace" -> namespace();
      case "metadata.uid" -> uid;
      case "metadata.labels" -> lines(desired.pod().getMetadata().getLabels());
      case "metadata.annotations" -> lines(desired.pod().getMetadata().getAnnotations());
      case "spec.nodeName" -> nodeName;
      case "spec.serviceAccountName" -> "default";
      case "status.podIP", "status.podIPs" -> podIp.orElse(hostIp);
      case "status.hostIP", "status.hostIPs" -> hostIp;
      default -> keyed(path);
    };
  }

  /** The value of a {@code resourceFieldRef} that names its container. */
  @Override
  public String resource(ResourceFieldSelector selector) {
    String name = Objects.requireNonNullElse(selector.getContainerName(), "");
    return ContainerResources.value(
        selector,
        named(name)
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        name.isEmpty()
                            ? selector.getResource() + " is asked for without a container's name"
                            : "container " + name + " not found")),
        machine);
  }

  /** The container that a selector means: its own, unless it names another. */
  Container container(ResourceFieldSelector selector, Container own) {
    return named(selector.getContainerName()).orElse(own);
  }

  private Optional<Container> named(@Nullable String name) {
    PodSpec spec = desired.pod().getSpec();
    return Stream.of(spec.getInitContainers(), spec.getContainers())
        .flatMap(List::stream)
        .filter(container -> container.getName().equals(name))
        .findFirst();
  }

  /** One line for each entry, the value quoted, in the order of the keys. */
  private static String lines(@Nullable Map<String, String> entries) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, String> entry :
        new TreeMap<>(entries == null ? Map.of() : entries).entrySet()) {
      text.append(text.isEmpty() ? "" : "\n")
          .append(entry.getKey())
          .append("=\"")
          .append(entry.getValue().replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
          .append('"');
    }
    return text.toString();
  }

  String namespace() {
    String namespace = desired.pod().getMetadata().getNamespace();
    return namespace == null ? "default" : namespace;
  }

  private String keyed(String path) {
    if (path.endsWith("']")) {
      int open = path.indexOf("['");
      String key = open < 0 ? "" : path.substring(open + 2, path.length() - 2);
      if (path.startsWith("metadata.labels['")) {
        return value(desired.pod().getMetadata().getLabels(), key);
      }
      if (path.startsWith("metadata.annotations['")) {
        return value(desired.pod().getMetadata().getAnnotations(), key);
      }
    }
    throw new ConfigurationException("fieldRef " + path + " is not known");
  }

  private static String value(@Nullable Map<String, String> map, String key) {
    return map == null ? "" : map.getOrDefault(key, "");
  }
}
