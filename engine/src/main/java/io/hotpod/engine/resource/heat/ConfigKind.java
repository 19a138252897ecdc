package io.hotpod.engine.resource.heat;

import io.hotpod.template.schema.ResourceSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What one of the types that store a software config makes of its properties. */
interface ConfigKind {
  ResourceSchema schema();

  /** What on the machine works on it. */
  String group(ObjectNode properties);

  /**
   * What is stored.
   *
   * @param project where other configs are looked up
   * @throws io.hotpod.engine.resource.ResourceFailure when it cannot be made
   */
  JsonNode config(String project, ObjectNode properties);

  /** The attribute that gives what is stored, {@code config} or {@code configs}. */
  default String attribute() {
    return "config";
  }

  /** What that attribute gives. */
  default JsonNode shown(JsonNode config) {
    return config;
  }
}
