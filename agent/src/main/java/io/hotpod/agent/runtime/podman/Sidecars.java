package io.hotpod.agent.runtime.podman;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Init containers that stay: started in the order of the init containers, ended after all others.
 */
final class Sidecars {
  private Sidecars() {}

  /** Whether an init container is one. */
  static boolean is(Container initContainer) {
    return "Always".equals(initContainer.getRestartPolicy());
  }

  /** The names of those of a pod. */
  static Set<String> names(PodSpec spec) {
    return spec.getInitContainers().stream()
        .filter(Sidecars::is)
        .map(Container::getName)
        .collect(Collectors.toUnmodifiableSet());
  }
}
