package io.hotpod.agent.runtime.podman;

import io.hotpod.agent.runtime.ConfigurationException;
import io.hotpod.pod.DesiredPod;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the fields of a pod's status and metadata are worth while its containers are made.
 *
 * @param uid Podman's id of the pod
 */
record PodContext(
    DesiredPod desired, String nodeName, String uid, Optional<String> podIp, String hostIp) {

  /** The value of a {@code fieldRef}, by the Kubernetes API reference (ObjectFieldSelector). */
  String field(String path) {
    return switch (path) {
      case "metadata.name" -> desired.pod().getMetadata().getName();
      case "metadata.namespace" -> namespace();
      case "metadata.uid" -> uid;
      case "spec.nodeName" -> nodeName;
      case "spec.serviceAccountName" -> "default";
      case "status.podIP", "status.podIPs" -> podIp.orElse(hostIp);
      case "status.hostIP", "status.hostIPs" -> hostIp;
      default -> keyed(path);
    };
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
