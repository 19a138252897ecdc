package io.hotpod.agent.source.heat;

import io.hotpod.agent.source.SourceException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads the deployments of a server, of which those of group {@code kubelet} are ours. */
public final class Deployments {
  private static final Logger LOG = LoggerFactory.getLogger(Deployments.class);
  private static final String GROUP = "kubelet";
  private static final String COMPONENT = "component";

  private Deployments() {}

  /**
   * The deployments of pods, in the order of the list.
   *
   * @param list of derived configs, as in the metadata of a server
   * @throws SourceException when it is no such list, so that nobody takes nonsense for an empty one
   */
  public static List<HeatDeployment> of(JsonNode list) {
    if (!list.isArray()) {
      throw new SourceException("the metadata has no list of deployments");
    }
    List<HeatDeployment> deployments = new ArrayList<>();
    for (JsonNode item : list) {
      if (!item.isObject() || item.path("id").asString("").isEmpty()) {
        throw new SourceException("the metadata has a deployment without an id");
      }
      one(item).ifPresent(deployments::add);
    }
    return deployments;
  }

  /**
   * One derived config, as a hook is given it.
   *
   * @return empty when it is not of group {@code kubelet}
   */
  public static Optional<HeatDeployment> one(JsonNode item) {
    List<DeploymentInput> inputs = inputs(item.path("inputs"));
    Map<String, String> texts = texts(inputs);
    DeployAction action = DeployAction.named(texts.getOrDefault("deploy_action", ""));
    JsonNode config = item.path("config");
    String group = item.path("group").asString("");
    if (group.equals(COMPONENT)) {
      if (!has(config.path("configs"))) {
        return Optional.empty();
      }
      Optional<JsonNode> turn = turn(config.path("configs"), texts);
      action = turn.isPresent() ? action : DeployAction.ELSEWHERE;
      config = turn.map(entry -> entry.path("config")).orElse(config);
    } else if (!group.equals(GROUP)) {
      return Optional.empty();
    }
    if (action == DeployAction.UNKNOWN) {
      LOG.warn("deployment {} has an action that is not known here", item.path("name").asString());
    }
    return Optional.of(
        new HeatDeployment(
            item.path("id").asString(""),
            item.path("name").asString(""),
            action,
            texts.getOrDefault("deploy_stack_id", ""),
            texts.getOrDefault("deploy_resource_name", ""),
            item.path("creation_time").asString(""),
            config,
            inputs,
            item.path("options").isObject()
                ? item.path("options")
                : JsonNodeFactory.instance.objectNode(),
            SignalTransport.of(texts)));
  }

  private static boolean has(JsonNode configs) {
    return configs.valueStream().anyMatch(Deployments::isOurs);
  }

  private static boolean isOurs(JsonNode entry) {
    return entry.path("tool").asString("").equals(GROUP);
  }

  /** The part of a component that is for the action, when that part is ours. */
  private static Optional<JsonNode> turn(JsonNode configs, Map<String, String> inputs) {
    String action = inputs.getOrDefault("deploy_action", "CREATE");
    return configs
        .valueStream()
        .filter(
            entry ->
                entry
                    .path("actions")
                    .valueStream()
                    .anyMatch(each -> each.asString("").equals(action)))
        .findFirst()
        .filter(Deployments::isOurs);
  }

  private static List<DeploymentInput> inputs(JsonNode list) {
    List<DeploymentInput> inputs = new ArrayList<>();
    for (JsonNode input : list) {
      inputs.add(
          new DeploymentInput(
              input.path("name").asString(""),
              input.path("type").asString("String"),
              present(input.path("value")),
              present(input.path("default"))));
    }
    return inputs;
  }

  private static Optional<JsonNode> present(JsonNode value) {
    return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value);
  }

  private static Map<String, String> texts(List<DeploymentInput> inputs) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (DeploymentInput input : inputs) {
      input
          .value()
          .filter(JsonNode::isValueNode)
          .ifPresent(value -> texts.put(input.name(), value.asString("")));
    }
    return texts;
  }
}
