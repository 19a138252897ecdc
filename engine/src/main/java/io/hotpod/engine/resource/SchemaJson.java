package io.hotpod.engine.resource;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A schema as Heat's API describes a resource type ({@code GET /resource_types/NAME}). */
public final class SchemaJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private SchemaJson() {}

  public static ObjectNode describe(ResourceSchema schema) {
    ObjectNode description = JSON.objectNode();
    description.put("resource_type", schema.type());
    description.put("description", schema.description());
    ObjectNode properties = description.putObject("properties");
    schema
        .properties()
        .values()
        .forEach(property -> properties.set(property.name(), describe(property)));
    ObjectNode attributes = description.putObject("attributes");
    schema
        .attributes()
        .forEach((name, words) -> attributes.putObject(name).put("description", words));
    ObjectNode support = description.putObject("support_status");
    support.put("status", "SUPPORTED");
    support.putNull("message");
    support.putNull("version");
    support.putNull("previous_status");
    return description;
  }

  private static ObjectNode describe(PropertyDefinition property) {
    ObjectNode description = JSON.objectNode();
    description.put("type", property.type().heatName());
    description.put("description", property.description());
    description.put("required", property.required());
    description.put("update_allowed", property.updateAllowed());
    description.put("immutable", false);
    property.defaultValue().ifPresent(value -> description.set("default", value));
    ArrayNode constraints = JSON.arrayNode();
    if (!property.allowedValues().isEmpty()) {
      ArrayNode values = constraints.addObject().putArray("allowed_values");
      property.allowedValues().forEach(values::add);
    }
    if (property.minimum().isPresent() || property.maximum().isPresent()) {
      ObjectNode range = constraints.addObject().putObject("range");
      property.minimum().ifPresent(least -> range.put("min", least));
      property.maximum().ifPresent(most -> range.put("max", most));
    }
    if (!constraints.isEmpty()) {
      description.set("constraints", constraints);
    }
    return description;
  }
}
