package io.hotpod.e2e;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The {@code podman} command: what is really there, whatever Hotpod says. */
final class PodmanCli {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final String INSTANCE = "hotpod.io/instance";

  private PodmanCli() {}

  static String run(String... arguments) {
    return attempt(List.of(arguments)).successful();
  }

  private static Command.Result attempt(List<String> arguments) {
    return Command.run(DEADLINE, Stream.concat(Stream.of("podman"), arguments.stream()).toList());
  }

  /** Ids of the pods of an instance. */
  static List<String> pods(String instanceId) {
    return run("pod", "ps", "-q", "--no-trunc", "--filter", "label=" + INSTANCE + "=" + instanceId)
        .lines()
        .toList();
  }

  /** The containers of an instance in the order in which they were started. */
  static List<PodmanContainer> containers(String instanceId) {
    List<String> ids =
        run("ps", "-aq", "--no-trunc", "--filter", "label=" + INSTANCE + "=" + instanceId)
            .lines()
            .toList();
    if (ids.isEmpty()) {
      return List.of();
    }
    List<String> command = new ArrayList<>(List.of("inspect", "--type", "container"));
    command.addAll(ids);
    List<PodmanContainer> containers = new ArrayList<>();
    // One that has gone since it was listed makes the command fail and is missing from its answer.
    for (JsonNode container : Api.JSON.readTree(attempt(command).output())) {
      if (!container.path("IsInfra").booleanValue(false)) {
        containers.add(container(container));
      }
    }
    containers.sort(Comparator.comparing(PodmanContainer::startedAt));
    return containers;
  }

  private static PodmanContainer container(JsonNode container) {
    JsonNode labels = container.path("Config").path("Labels");
    return new PodmanContainer(
        container.path("Id").asString(""),
        container.path("Name").asString(""),
        container.path("Pod").asString(""),
        labels.path("hotpod.io/pod").asString(""),
        container.path("State").path("Status").asString(""),
        OffsetDateTime.parse(container.path("State").path("StartedAt").asString("")).toInstant());
  }

  /** Ends every pod of an instance; Podman lists them still, as after a boot of the machine. */
  static void stopPods(String instanceId) {
    List<String> command = new ArrayList<>(List.of("pod", "stop", "-t", "0"));
    command.addAll(pods(instanceId));
    attempt(command).successful();
  }

  /** Removes every pod of an instance, by force. */
  static void removePods(String instanceId) {
    for (String pod : pods(instanceId)) {
      Command.Result removal = attempt(List.of("pod", "rm", "-f", "-t", "0", pod));
      if (removal.exitCode() != 0 && pods(instanceId).contains(pod)) {
        removal.successful();
      }
    }
  }
}
