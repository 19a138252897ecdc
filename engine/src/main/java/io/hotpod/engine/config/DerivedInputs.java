package io.hotpod.engine.config;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the config of one action is given besides the values of its inputs.
 *
 * @param action such as {@code CREATE}
 * @param stackId name and id of the stack with a slash between
 * @param transport how the machine is to signal
 */
public record DerivedInputs(
    String serverId, String action, String stackId, String resourceName, String transport) {
  static final String STACK_ID = "deploy_stack_id";
  static final String RESOURCE_NAME = "deploy_resource_name";
  static final String TRANSPORT = "deploy_signal_transport";

  public DerivedInputs {
    requireNonNull(serverId, "serverId is null");
    requireNonNull(action, "action is null");
    requireNonNull(stackId, "stackId is null");
    requireNonNull(resourceName, "resourceName is null");
    requireNonNull(transport, "transport is null");
  }

  /**
   * The inputs of a derived config: those that are declared, with their values or defaults; those
   * that are given without being declared; and what the machine has to know of the deployment.
   */
  public ArrayNode complete(ArrayNode declared, ObjectNode values) {
    ArrayNode inputs = JsonNodeFactory.instance.arrayNode();
    Map<String, JsonNode> left = new TreeMap<>();
    values.propertyStream().forEach(entry -> left.put(entry.getKey(), entry.getValue()));
    for (JsonNode input : declared) {
      ObjectNode complete = (ObjectNode) input.deepCopy();
      JsonNode value = left.remove(input.path("name").asString(""));
      complete.set(
          "value",
          value != null
              ? value
              : input.has("default") ? input.path("default") : JsonNodeFactory.instance.nullNode());
      inputs.add(complete);
    }
    left.forEach((name, value) -> inputs.add(input(name, "").set("value", value)));
    inputs.add(text("deploy_server_id", serverId, "ID of the server being deployed to"));
    inputs.add(text("deploy_action", action, "Name of the current action being deployed"));
    inputs.add(text(STACK_ID, stackId, "ID of the stack this deployment belongs to"));
    inputs.add(text(RESOURCE_NAME, resourceName, "Name of this deployment resource in the stack"));
    inputs.add(
        text(
            TRANSPORT,
            transport,
            "How the server should signal to heat with the deployment output values."));
    return inputs;
  }

  private static ObjectNode input(String name, String description) {
    ObjectNode input = JsonNodeFactory.instance.objectNode();
    input.put("name", name).put("type", "String");
    if (!description.isEmpty()) {
      input.put("description", description);
    }
    return input;
  }

  static ObjectNode text(String name, String value, String description) {
    return input(name, description).put("value", value);
  }
}
