package io.hotpod.agent.runtime.podman.libpod;

import io.hotpod.pod.ContainerImage;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One container as Podman's inspect shows it.
 *
 * @param status Podman's word: {@code created}, {@code initialized}, {@code running}, {@code
 *     exited}, {@code stopped}, {@code stopping}
 * @param startedAt empty when it never started
 * @param finishedAt empty when it never ended
 * @param imageId with the digest by which a registry knows it, where one does
 * @param madeFrom the image by Podman's own name and id; empty while it was not asked
 * @param process id of its first process; 0 while it does not run
 * @param ip of the pod's network; empty for host networking and while it is down
 */
public record ContainerView(
    String id,
    String name,
    String status,
    int exitCode,
    boolean outOfMemory,
    Optional<Instant> startedAt,
    Optional<Instant> finishedAt,
    String imageId,
    Optional<ContainerImage> madeFrom,
    long process,
    Optional<String> ip,
    Map<String, String> labels) {

  static ContainerView of(JsonNode inspected) {
    JsonNode state = inspected.path("State");
    return new ContainerView(
        inspected.path("Id").asString(""),
        inspected.path("Name").asString(""),
        state.path("Status").asString(""),
        state.path("ExitCode").asInt(0),
        state.path("OOMKilled").asBoolean(false),
        Times.read(state.path("StartedAt")),
        Times.read(state.path("FinishedAt")),
        image(inspected),
        Optional.of(
            new ContainerImage(
                inspected.path("ImageName").asString(""),
                Optional.of(inspected.path("Image").asString("")),
                Optional.empty())),
        state.path("Pid").asLong(0),
        ip(inspected.path("NetworkSettings")),
        Labels.read(inspected.path("Config").path("Labels")));
  }

  /** With the digest by which a registry knows it, where one does; else Podman's own id. */
  private static String image(JsonNode inspected) {
    String name = inspected.path("ImageName").asString("");
    String digest = inspected.path("ImageDigest").asString("");
    String repository = repository(name);
    return digest.isEmpty() || repository.isEmpty()
        ? inspected.path("Image").asString("")
        : repository + "@" + digest;
  }

  /** A name without its digest and its tag; a port of its registry stays. */
  private static String repository(String name) {
    int digest = name.indexOf('@');
    String tagged = digest < 0 ? name : name.substring(0, digest);
    int tag = tagged.lastIndexOf(':');
    return tag > tagged.lastIndexOf('/') ? tagged.substring(0, tag) : tagged;
  }

  /** One that was made a moment ago. */
  public static ContainerView created(String id, String name) {
    return new ContainerView(
        id,
        name,
        "created",
        0,
        false,
        Optional.empty(),
        Optional.empty(),
        "",
        Optional.empty(),
        0,
        Optional.empty(),
        Map.of());
  }

  private static Optional<String> ip(JsonNode network) {
    for (JsonNode one : network.path("Networks")) {
      String address = one.path("IPAddress").asString("");
      if (!address.isEmpty()) {
        return Optional.of(address);
      }
    }
    return Optional.of(network.path("IPAddress").asString("")).filter(text -> !text.isEmpty());
  }

  /** Whether its process is there, also while it is paused or about to stop. */
  public boolean running() {
    return status.equals("running") || status.equals("paused") || status.equals("stopping");
  }

  /** It was started and is over. */
  public boolean ended() {
    return status.equals("exited") || status.equals("stopped");
  }
}
