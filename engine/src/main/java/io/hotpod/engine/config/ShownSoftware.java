package io.hotpod.engine.config;

import io.hotpod.engine.secret.Redaction;
import io.hotpod.engine.stack.StackSecrets;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Configs and deployments as people see them: without the values of hidden inputs and outputs, and,
 * where they are of a stack, without what it hides by its parameters. Machines get all of it by
 * their metadata. For one request.
 */
final class ShownSoftware {
  private final SoftwareConfigs configs;
  private final StackSecrets.Look secrets;

  ShownSoftware(SoftwareConfigs configs, StackSecrets secrets) {
    this.configs = configs;
    this.secrets = secrets.look();
  }

  /** What people write a config with is theirs; only what was derived from it has values. */
  SoftwareConfig of(SoftwareConfig config) {
    ArrayNode inputs = config.inputs().deepCopy();
    for (JsonNode input : inputs) {
      if (ConfigSchemas.isHidden(input) && input instanceof ObjectNode declared) {
        hide(declared, "value");
        hide(declared, "default");
      }
    }
    Optional<Redaction> redaction = config.resourceId().map(secrets::ofResource);
    return new SoftwareConfig(
        config.id(),
        config.project(),
        config.name(),
        config.group(),
        redaction.map(each -> each.apply(config.config())).orElse(config.config()),
        redaction.map(each -> (ArrayNode) each.apply((JsonNode) inputs)).orElse(inputs),
        config.outputs(),
        redaction.map(each -> each.apply(config.options())).orElse(config.options()),
        config.resourceId(),
        config.createdAt());
  }

  SoftwareDeployment of(SoftwareDeployment deployment) {
    return of(deployment, configs.find(deployment.configId()));
  }

  /**
   * @param config that the deployment has; empty when there is none of that id
   */
  SoftwareDeployment of(SoftwareDeployment deployment, Optional<SoftwareConfig> config) {
    ObjectNode inputs = deployment.inputValues().deepCopy();
    JsonNode outputs = deployment.outputValues().deepCopy();
    config
        .map(SoftwareConfig::inputs)
        .ifPresent(declared -> hide(inputs, ConfigSchemas.hidden(declared)));
    if (outputs instanceof ObjectNode values) {
      config.map(SoftwareConfig::hiddenOutputs).ifPresent(names -> hide(values, names));
    }
    Optional<Redaction> redaction = deployment.resourceId().map(secrets::ofResource);
    return new SoftwareDeployment(
        deployment.id(),
        deployment.project(),
        deployment.serverId(),
        deployment.configId(),
        deployment.resourceId(),
        redaction.map(each -> each.apply(inputs)).orElse(inputs),
        redaction.map(each -> each.apply(outputs)).orElse(outputs),
        deployment.action(),
        deployment.status(),
        redaction
            .map(each -> each.apply(deployment.statusReason()))
            .orElse(deployment.statusReason()),
        deployment.createdAt(),
        deployment.updatedAt());
  }

  private static void hide(ObjectNode values, Set<String> names) {
    names.forEach(name -> hide(values, name));
  }

  private static void hide(ObjectNode values, String name) {
    if (values.has(name) && !values.path(name).isNull()) {
      values.put(name, Redaction.HIDDEN);
    }
  }
}
