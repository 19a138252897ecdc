package io.hotpod.cli.progress;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A pod as the API lists it, as far as progress shows it.
 *
 * @param phase as Kubernetes writes it; empty while nothing was reported
 * @param reason of the pod as a whole, with its message; may be empty
 */
record PodView(
    String stack, String resource, String phase, String reason, List<ContainerView> containers) {
  PodView {
    containers = List.copyOf(containers);
  }

  /**
   * A container of it.
   *
   * @param words what it does, and why: {@code waiting: ErrImagePull: …}
   */
  record ContainerView(String name, boolean initial, boolean ready, String words) {}

  static PodView of(JsonNode pod) {
    List<ContainerView> containers = new ArrayList<>();
    add(pod.path("init_containers"), true, containers);
    add(pod.path("containers"), false, containers);
    return new PodView(
        pod.path("stack_name").asString(""),
        pod.path("resource_name").asString(""),
        pod.path("phase").asString(""),
        ContainerWords.join(pod.path("reason").asString(""), pod.path("message").asString("")),
        containers);
  }

  private static void add(JsonNode list, boolean initial, List<ContainerView> containers) {
    for (JsonNode container : list) {
      containers.add(
          new ContainerView(
              container.path("name").asString(""),
              initial,
              container.path("ready").asBoolean(false),
              ContainerWords.of(container)));
    }
  }
}
