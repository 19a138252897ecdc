package io.hotpod.agent.source.heat;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One input of a derived software config.
 *
 * @param type as Heat names it: String, Number, CommaDelimitedList, Json or Boolean
 * @param value what the deployment gave; empty when it gave none, or null
 * @param defaultValue what the config says; empty when it says none
 */
public record DeploymentInput(
    String name, String type, Optional<JsonNode> value, Optional<JsonNode> defaultValue) {
  public DeploymentInput {
    requireNonNull(name, "name is null");
    requireNonNull(type, "type is null");
    requireNonNull(value, "value is null");
    requireNonNull(defaultValue, "defaultValue is null");
  }

  /** Leaves out the values. */
  @Override
  public String toString() {
    return "DeploymentInput[" + name + "]";
  }
}
