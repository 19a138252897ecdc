package io.hotpod.agent.source.heat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * One deployment of a pod, as the derived software config says it. Heat makes a new config with a
 * new id for each action, so the id tells what is new and {@link #podId} what stays the same.
 *
 * @param id of the derived config
 * @param name of the derived config; orders the deployments of a server
 * @param stackId {@code NAME/UUID}; empty for a deployment that is part of no stack
 * @param resourceName of the deployment in its stack; empty for one that is part of no stack
 * @param created as Heat writes times, which sort as texts
 * @param config the pod manifest, or a map with {@code manifest}, {@code config_maps} and {@code
 *     secrets}
 * @param options of the config; an object
 */
public record HeatDeployment(
    String id,
    String name,
    DeployAction action,
    String stackId,
    String resourceName,
    String created,
    JsonNode config,
    List<DeploymentInput> inputs,
    JsonNode options,
    SignalTransport transport) {
  public HeatDeployment {
    requireNonNull(id, "id is null");
    requireNonNull(name, "name is null");
    requireNonNull(action, "action is null");
    requireNonNull(stackId, "stackId is null");
    requireNonNull(resourceName, "resourceName is null");
    requireNonNull(created, "created is null");
    requireNonNull(config, "config is null");
    inputs = List.copyOf(inputs);
    requireNonNull(options, "options is null");
    requireNonNull(transport, "transport is null");
  }

  /**
   * Id of the pod: the same for all configs of one deployment resource. One that is part of no
   * stack has nothing that stays, so there each config is a pod of its own.
   */
  public String podId() {
    String identity =
        stackId.isEmpty() || resourceName.isEmpty()
            ? "config\n" + id
            : "resource\n" + stackId + "\n" + resourceName;
    return UUID.nameUUIDFromBytes(identity.getBytes(UTF_8)).toString();
  }

  /** What people call it. */
  public String title() {
    return resourceName.isEmpty() ? name : stackId.split("/", 2)[0] + "/" + resourceName;
  }

  /** An input that was given a value, or has a default. */
  Optional<JsonNode> input(String inputName) {
    return inputs.stream()
        .filter(input -> input.name().equals(inputName))
        .findFirst()
        .flatMap(input -> input.value().or(input::defaultValue));
  }

  /** Leaves out everything that may be secret. */
  @Override
  public String toString() {
    return "HeatDeployment[" + id + " " + title() + " " + action + "]";
  }
}
