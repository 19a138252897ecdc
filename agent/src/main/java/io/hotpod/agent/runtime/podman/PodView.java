package io.hotpod.agent.runtime.podman;

import io.hotpod.agent.runtime.PodKey;
import io.hotpod.pod.ModificationToken;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * One pod as Podman's inspect or list shows it.
 *
 * @param state Podman's word, such as {@code Running}, {@code Created}, {@code Exited}
 * @param containerIds without the infra container
 * @param runningIds of all containers that run, the infra container among them
 */
record PodView(
    String id,
    String name,
    String state,
    Map<String, String> labels,
    String infraId,
    List<String> containerIds,
    Set<String> runningIds) {
  private static final Set<String> RUNNING = Set.of("running", "paused", "stopping");

  static PodView of(JsonNode pod) {
    String infra = pod.path("InfraContainerID").asString(pod.path("InfraId").asString(""));
    List<String> containers = new ArrayList<>();
    Set<String> running = new HashSet<>();
    for (JsonNode container : pod.path("Containers")) {
      String id = container.path("Id").asString("");
      String state = container.path("Status").asString(container.path("State").asString(""));
      if (RUNNING.contains(state)) {
        running.add(id);
      }
      if (!id.equals(infra)) {
        containers.add(id);
      }
    }
    return new PodView(
        pod.path("Id").asString(""),
        pod.path("Name").asString(""),
        pod.path("State").asString(pod.path("Status").asString("")),
        Labels.read(pod.path("Labels")),
        infra,
        List.copyOf(containers),
        Set.copyOf(running));
  }

  /** The desired pod that it was made for; empty when its labels are not those of an agent. */
  Optional<PodKey> key() {
    String id = labels.getOrDefault(Labels.POD, "");
    String token = labels.getOrDefault(Labels.TOKEN, "");
    try {
      return id.isEmpty()
          ? Optional.empty()
          : Optional.of(new PodKey(id, new ModificationToken(token)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
