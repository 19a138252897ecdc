package io.hotpod.engine.resource.heat;

import io.hotpod.engine.resource.ResourceFailure;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts the values of inputs into a structured config: {@code {get_input: name}} becomes the value.
 * Pure.
 *
 * @param key instead of {@code get_input}
 * @param strict an input without a value is an error, not null
 */
record StructuredInputs(String key, boolean strict) {
  /**
   * Fills a config in.
   *
   * @param inputs declarations with values
   * @throws ResourceFailure when an input is missing that must not be
   */
  JsonNode fill(JsonNode config, ArrayNode inputs) {
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    inputs.forEach(input -> values.set(input.path("name").asString(""), input.path("value")));
    return fillIn(config, values);
  }

  private JsonNode fillIn(JsonNode part, ObjectNode values) {
    if (part.isObject()) {
      if (part.size() == 1 && part.path(key).isString()) {
        return value(part.path(key).asString(""), values);
      }
      ObjectNode filled = JsonNodeFactory.instance.objectNode();
      part.propertyStream()
          .forEach(entry -> filled.set(entry.getKey(), fillIn(entry.getValue(), values)));
      return filled;
    }
    if (part.isArray()) {
      ArrayNode filled = JsonNodeFactory.instance.arrayNode();
      part.forEach(item -> filled.add(fillIn(item, values)));
      return filled;
    }
    return part;
  }

  private JsonNode value(String name, ObjectNode values) {
    if (values.has(name)) {
      return values.path(name);
    }
    if (strict) {
      throw new ResourceFailure(
          "UserParameterMissing", "", "The Parameter (%s) was not provided.".formatted(name));
    }
    return JsonNodeFactory.instance.nullNode();
  }
}
