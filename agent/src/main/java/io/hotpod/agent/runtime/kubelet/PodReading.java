package io.hotpod.agent.runtime.kubelet;

import io.hotpod.pod.ContainerStatus;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodCondition;
import io.hotpod.pod.PodPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Reads what a kubelet says of one pod, following it from time to time. The phase alone proves
 * nothing: a crash loop, a command that is not found and a container that ran out of memory are all
 * {@code Running}; and {@code Ready} is true for the moment that a crashing container runs. Used by
 * one thread.
 */
final class PodReading {
  private final StaticPodFile file;
  private final KubeletTimings timings;
  private final Map<String, FailureCount> counts = new HashMap<>();

  PodReading(StaticPodFile file, KubeletTimings timings) {
    this.file = file;
    this.timings = timings;
  }

  /**
   * Whether the kubelet shows the containers of this very file, and not merely that it wants it.
   */
  boolean showsContainers(JsonNode pod) {
    return file.isShownAs(pod)
        && (!statuses(pod, "containerStatuses").isEmpty()
            || !pod.path("status").path("reason").asString("").isEmpty());
  }

  /**
   * @param pod an item of the kubelet's list that is shown for this file
   * @param startedAt when the pod's file was written; the kubelet's own time changes with each of
   *     its restarts
   * @param atLeast for which a container without a readiness probe runs before it counts as ready
   * @param view that has the item
   */
  ObservedPod read(
      JsonNode pod,
      Optional<Instant> startedAt,
      String hostIp,
      Duration atLeast,
      Instant now,
      KubeletView view) {
    JsonNode status = pod.path("status");
    List<ContainerStatus> init =
        containers(pod, "initContainers", "initContainerStatuses", now, view);
    List<ContainerStatus> containers =
        containers(pod, "containers", "containerStatuses", now, view);
    PodPhase phase = phase(status.path("phase").asString(""));
    List<String> unsettled = unsettled(containers, atLeast, view.begun());
    boolean ready =
        phase == PodPhase.RUNNING
            && !containers.isEmpty()
            && containers.stream().allMatch(ContainerStatus::ready)
            && unsettled.isEmpty()
            && isTrue(status, "Ready");
    return new ObservedPod(
        file.key().podId(),
        pod.path("metadata").path("name").asString(file.name()),
        file.key().token(),
        phase,
        ready,
        false,
        status.path("reason").asString(""),
        status.path("message").asString(""),
        text(pod.path("metadata").path("uid")),
        text(status.path("podIP")),
        text(status.path("hostIP")).or(() -> Optional.of(hostIp).filter(ip -> !ip.isEmpty())),
        startedAt,
        conditions(status, unsettled),
        init,
        containers.stream()
            .map(one -> unsettled.contains(one.name()) ? notReady(one) : one)
            .toList());
  }

  private List<String> unsettled(List<ContainerStatus> containers, Duration atLeast, long nanos) {
    List<String> unsettled = new ArrayList<>();
    for (ContainerStatus container : containers) {
      FailureCount count = counts.get(container.name());
      boolean probed = manifest("containers", container.name()).has("readinessProbe");
      if (container.ready() && !probed && count != null && !count.settled(nanos, atLeast)) {
        unsettled.add(container.name());
      }
    }
    return unsettled;
  }

  private static ContainerStatus notReady(ContainerStatus status) {
    return new ContainerStatus(
            status.name(),
            status.state(),
            status.lastTermination(),
            false,
            status.started(),
            status.restarts(),
            status.failures(),
            status.image(),
            status.imageId(),
            status.containerId())
        .from(status.madeFrom());
  }

  /** In the order of the manifest; empty unless the kubelet speaks of all of them. */
  private List<ContainerStatus> containers(
      JsonNode pod, String manifestField, String statusField, Instant now, KubeletView view) {
    Map<String, JsonNode> statuses = statuses(pod, statusField);
    List<ContainerStatus> containers = new ArrayList<>();
    for (JsonNode container : file.manifest().path("spec").path(manifestField)) {
      String name = container.path("name").asString("");
      JsonNode status = statuses.get(name);
      if (status == null) {
        return List.of();
      }
      int failures =
          counts
              .computeIfAbsent(name, key -> new FailureCount(timings.settle()))
              .follow(status, now, view.begun(), view.ended());
      containers.add(ContainerReading.read(status, container.path("image").asString(""), failures));
    }
    return containers;
  }

  private JsonNode manifest(String field, String name) {
    for (JsonNode container : file.manifest().path("spec").path(field)) {
      if (container.path("name").asString("").equals(name)) {
        return container;
      }
    }
    return file.manifest().path("spec").path(field).path(name);
  }

  private static Map<String, JsonNode> statuses(JsonNode pod, String field) {
    Map<String, JsonNode> statuses = new LinkedHashMap<>();
    for (JsonNode status : pod.path("status").path(field)) {
      statuses.put(status.path("name").asString(""), status);
    }
    return statuses;
  }

  private static List<PodCondition> conditions(JsonNode status, List<String> unsettled) {
    List<PodCondition> conditions = new ArrayList<>();
    for (JsonNode condition : status.path("conditions")) {
      String type = condition.path("type").asString("");
      boolean readiness = type.equals("Ready") || type.equals("ContainersReady");
      conditions.add(
          readiness && !unsettled.isEmpty()
              ? new PodCondition(
                  type,
                  false,
                  "ContainersNotReady",
                  "containers that were started a moment ago: " + unsettled)
              : new PodCondition(
                  type,
                  condition.path("status").asString("").equals("True"),
                  condition.path("reason").asString(""),
                  condition.path("message").asString("")));
    }
    return conditions;
  }

  private static boolean isTrue(JsonNode status, String type) {
    for (JsonNode condition : status.path("conditions")) {
      if (condition.path("type").asString("").equals(type)) {
        return condition.path("status").asString("").equals("True");
      }
    }
    return false;
  }

  private static PodPhase phase(String name) {
    for (PodPhase phase : PodPhase.values()) {
      if (phase.kubernetesName().equals(name)) {
        return phase;
      }
    }
    return PodPhase.UNKNOWN;
  }

  private static Optional<String> text(JsonNode value) {
    return Optional.of(value.asString("")).filter(text -> !text.isEmpty());
  }
}
