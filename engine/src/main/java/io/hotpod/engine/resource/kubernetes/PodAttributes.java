package io.hotpod.engine.resource.kubernetes;

import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.secret.Redaction;
import io.hotpod.engine.stack.Status;
import io.hotpod.pod.ModificationToken;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodStatusValues;
import io.hotpod.template.schema.AttributeDefinition;
import io.hotpod.template.schema.PropertyType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The attributes of a pod deployment: the last report in the words of the Kubernetes API. */
final class PodAttributes {
  static final List<AttributeDefinition> DEFINITIONS = definitions();

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** What a report says in words of its own. */
  private static final Set<String> SAID = Set.of("conditions", "containers", "deploy_stderr");

  /** Fields of those that have few values, which everybody knows. */
  private static final Set<String> FIXED = Set.of("type", "status", "state");

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
      default -> observed.get().flatMap(pod -> PodStatusValues.of(pod).optional(name));
    };
  }

  /** An attribute as people see it, who may not see all that a container or its runtime says. */
  static JsonNode shown(String name, JsonNode value, Supplier<Redaction> hidden) {
    return SAID.contains(name) ? hidden.get().applyToTexts(value, FIXED) : value;
  }
}
