package io.hotpod.template.environment;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Environments as values: what is stored, and what Heat's API shows. Pure. */
public final class EnvironmentJson {
  private EnvironmentJson() {}

  /** Every section, also the empty ones, as Heat shows them. */
  public static ObjectNode write(Environment environment) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    ObjectNode parameters = object.putObject("parameters");
    environment.parameters().forEach(parameters::set);
    ObjectNode defaults = object.putObject("parameter_defaults");
    environment.parameterDefaults().forEach(defaults::set);
    object.set("resource_registry", environment.registry().toJson());
    ArrayNode sinks = object.putArray("event_sinks");
    environment.eventSinks().forEach(sink -> sinks.add(sink.settings()));
    ArrayNode encrypted = object.putArray("encrypted_param_names");
    environment.encryptedParameterNames().forEach(encrypted::add);
    return object;
  }

  /**
   * The environment that was written.
   *
   * @throws io.hotpod.document.DocumentException when it is none
   */
  public static Environment read(JsonNode value) {
    return new EnvironmentLayers(List.of(EnvironmentFile.of("environment", value)), Map.of())
        .merged(Map.of());
  }
}
