package io.hotpod.agent.runtime.podman.libpod;

import io.hotpod.agent.runtime.PodKey;
import io.hotpod.pod.ModificationToken;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * One pod as Podman's inspect or list shows it.
 *
 * @param state Podman's word, such as {@code Running}, {@code Created}, {@code Exited}
 * @param containers names by id, without the infra container
 * @param runningIds of all containers that run, the infra container among them
 */
public record PodView(
    String id,
    String name,
    String state,
    Map<String, String> labels,
    String infraId,
    Map<String, String> containers,
    Set<String> runningIds) {
  private static final Set<String> RUNNING = Set.of("running", "paused", "stopping");

  /** Of an entry in Podman's list of pods, or of its answer about one. */
  public static PodView of(JsonNode pod) {
    String infra = pod.path("InfraContainerID").asString(pod.path("InfraId").asString(""));
    Map<String, String> containers = new TreeMap<>();
    Set<String> running = new HashSet<>();
    for (JsonNode container : pod.path("Containers")) {
      String id = container.path("Id").asString("");
      String state = container.path("Status").asString(container.path("State").asString(""));
      if (RUNNING.contains(state)) {
        running.add(id);
      }
      if (!id.equals(infra)) {
        containers.put(id, container.path("Names").asString(container.path("Name").asString("")));
      }
    }
    return new PodView(
        pod.path("Id").asString(""),
        pod.path("Name").asString(""),
        pod.path("State").asString(pod.path("Status").asString("")),
        Labels.read(pod.path("Labels")),
        infra,
        Map.copyOf(containers),
        Set.copyOf(running));
  }

  /**
   * Id of the newest container that was made for one of the manifest, by its name; empty where
   * there is none, and where the names are not all those that an agent gives.
   */
  public Optional<String> newest(String container) {
    Optional<String> newest = Optional.empty();
    int attempt = -1;
    for (Map.Entry<String, String> one : containers.entrySet()) {
      if (!one.getValue().startsWith(name + "-")) {
        return Optional.empty();
      }
      int number = Names.attempt(name, container, one.getValue());
      if (number > attempt) {
        attempt = number;
        newest = Optional.of(one.getKey());
      }
    }
    return newest;
  }

  /** Ids of the containers that run, without the infra container. */
  public Set<String> runningMembers() {
    Set<String> members = new TreeSet<>(containers.keySet());
    members.retainAll(runningIds);
    return members;
  }

  /** The desired pod that it was made for; empty when its labels are not those of an agent. */
  public Optional<PodKey> key() {
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
