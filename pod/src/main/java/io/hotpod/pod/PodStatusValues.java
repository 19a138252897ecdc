package io.hotpod.pod;

import java.time.Instant;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An observed pod under the names and in the shapes of a pod deployment's attributes: the words of
 * the Kubernetes API in Heat's spelling. Pure.
 */
public final class PodStatusValues {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private PodStatusValues() {}

  /**
   * All attributes that are known: {@code phase}, {@code conditions}, {@code containers} and {@code
   * restart_count} always; {@code pod_ip}, {@code host_ip} and {@code uid} once the pod has them.
   */
  public static ObjectNode of(ObservedPod pod) {
    ObjectNode values = JSON.objectNode();
    values.put("phase", pod.phase().kubernetesName());
    values.set("conditions", conditions(pod));
    pod.podIp().ifPresent(address -> values.put("pod_ip", address));
    pod.hostIp().ifPresent(address -> values.put("host_ip", address));
    pod.uid().ifPresent(uid -> values.put("uid", uid));
    ArrayNode containers = values.putArray("containers");
    pod.containers().forEach(container -> containers.add(container(container)));
    values.put("restart_count", pod.restarts());
    return values;
  }

  private static ArrayNode conditions(ObservedPod pod) {
    ArrayNode conditions = JSON.arrayNode();
    for (PodCondition condition : pod.conditions()) {
      conditions
          .addObject()
          .put("type", condition.type())
          .put("status", condition.status() ? "True" : "False")
          .put("reason", condition.reason())
          .put("message", condition.message());
    }
    return conditions;
  }

  private static ObjectNode container(ContainerStatus container) {
    ObjectNode object = JSON.objectNode();
    object.put("name", container.name());
    object.put("image", container.image());
    container.imageId().ifPresent(id -> object.put("image_id", id));
    container.containerId().ifPresent(id -> object.put("container_id", id));
    container
        .madeFrom()
        .ifPresent(
            made -> {
              object.put("image_reference", made.reference());
              object.put("image_overtaken", made.isOvertaken(container.image()));
            });
    object.put("ready", container.ready());
    object.put("started", container.started());
    object.put("restart_count", container.restarts());
    switch (container.state()) {
      case ContainerState.Waiting waiting -> {
        object.put("state", "waiting");
        object.put("reason", waiting.reason());
        object.put("message", waiting.message());
      }
      case ContainerState.Running running -> {
        object.put("state", "running");
        object.put("started_at", running.startedAt().toString());
      }
      case ContainerState.Terminated terminated -> {
        object.put("state", "terminated");
        addTermination(object, terminated);
      }
    }
    container
        .lastTermination()
        .ifPresent(last -> addTermination(object.putObject("last_termination"), last));
    return object;
  }

  private static void addTermination(ObjectNode object, ContainerState.Terminated terminated) {
    object.put("reason", terminated.reason());
    object.put("message", terminated.message());
    object.put("exit_code", terminated.exitCode());
    terminated.startedAt().map(Instant::toString).ifPresent(at -> object.put("started_at", at));
    terminated.finishedAt().map(Instant::toString).ifPresent(at -> object.put("finished_at", at));
  }
}
