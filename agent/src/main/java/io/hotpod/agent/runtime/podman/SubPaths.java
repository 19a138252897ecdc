package io.hotpod.agent.runtime.podman;

import io.fabric8.kubernetes.api.model.VolumeMount;
import io.hotpod.agent.runtime.ConfigurationException;
import java.util.List;
import java.util.Map;

/** Which part of a volume is mounted, by the Kubernetes API reference (VolumeMount). Pure. */
final class SubPaths {
  private SubPaths() {}

  /**
   * The path below the volume; empty for the whole volume.
   *
   * @param environment of the container that mounts it
   * @throws ConfigurationException when a variable is not there or the path leads out
   */
  static String of(VolumeMount mount, Map<String, String> environment) {
    String expression = mount.getSubPathExpr();
    if (expression == null || expression.isEmpty()) {
      return mount.getSubPath() == null ? "" : mount.getSubPath();
    }
    String path = Expansion.expand(expression, environment);
    if (path.contains("$(")) {
      throw new ConfigurationException(
          "subPathExpr " + expression + " names a variable that the container does not have");
    }
    if (path.startsWith("/") || List.of(path.split("/", -1)).contains("..")) {
      throw new ConfigurationException("subPathExpr " + expression + " leads out of its volume");
    }
    return path;
  }
}
