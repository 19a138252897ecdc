package io.hotpod.engine.resource.kubernetes;

import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.stack.Status;
import io.hotpod.pod.ContainerState;
import io.hotpod.pod.ContainerStatus;
import io.hotpod.pod.ModificationToken;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodCondition;
import io.hotpod.template.schema.AttributeDefinition;
import io.hotpod.template.schema.PropertyType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The attributes of a pod deployment: the last report in the words of the Kubernetes API. */
final class PodAttributes {
  static final List<AttributeDefinition> DEFINITIONS = definitions();

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private PodAttributes() {}

  private static List<AttributeDefinition> definitions() {
    return List.of(
        AttributeDefinition.of(
            "phase", PropertyType.STRING, "Pending, Running, Succeeded, Failed or Unknown."),
        AttributeDefinition.of("conditions", PropertyType.LIST, "The conditions of the pod."),
        AttributeDefinition.of("pod_ip", PropertyType.STRING, "Address of the pod."),
        AttributeDefinition.of("host_ip", PropertyType.STRING, "Address of the instance."),
        AttributeDefinition.of("uid", PropertyType.STRING, "Id that the runtime gave the pod."),
        AttributeDefinition.of(
            "containers",
            PropertyType.LIST,
            "Each container's state, reason, message, exit code, restarts, image id and times."),
        AttributeDefinition.of(
            "restart_count", PropertyType.INTEGER, "Restarts of all containers together."),
        AttributeDefinition.of(
            "modification_token", PropertyType.STRING, "The token of the pod that should run."),
        AttributeDefinition.of(
            "deploy_stdout", PropertyType.STRING, "As of Heat's software deployments; empty."),
        AttributeDefinition.of(
            "deploy_stderr",
            PropertyType.STRING,
            "Why the deployment failed; empty when it did not."),
        AttributeDefinition.of(
            "deploy_status_code", PropertyType.INTEGER, "0, or 1 when the deployment failed."));
  }

  static Optional<JsonNode> of(
      ResourceRecord resource, String name, Supplier<Optional<ObservedPod>> observed) {
    boolean failed = resource.status() == Status.FAILED;
    return switch (name) {
      case "modification_token" ->
          resource.token().map(ModificationToken::value).map(JSON::stringNode);
      case "deploy_stdout" -> Optional.of(JSON.stringNode(""));
      case "deploy_stderr" -> Optional.of(JSON.stringNode(failed ? resource.statusReason() : ""));
      case "deploy_status_code" -> Optional.of(JSON.numberNode(failed ? 1 : 0));
      default -> observed.get().flatMap(pod -> observed(pod, name));
    };
  }

  private static Optional<JsonNode> observed(ObservedPod pod, String name) {
    return switch (name) {
      case "phase" -> Optional.of(JSON.stringNode(pod.phase().kubernetesName()));
      case "conditions" -> Optional.of(conditions(pod));
      case "pod_ip" -> pod.podIp().map(JSON::stringNode);
      case "host_ip" -> pod.hostIp().map(JSON::stringNode);
      case "uid" -> pod.uid().map(JSON::stringNode);
      case "containers" -> Optional.of(containers(pod));
      case "restart_count" -> Optional.of(JSON.numberNode(pod.restarts()));
      default -> Optional.empty();
    };
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

  private static ArrayNode containers(ObservedPod pod) {
    ArrayNode containers = JSON.arrayNode();
    pod.containers().forEach(container -> containers.add(container(container)));
    return containers;
  }

  private static ObjectNode container(ContainerStatus container) {
    ObjectNode object = JSON.objectNode();
    object.put("name", container.name());
    object.put("image", container.image());
    container.imageId().ifPresent(id -> object.put("image_id", id));
    container.containerId().ifPresent(id -> object.put("container_id", id));
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
