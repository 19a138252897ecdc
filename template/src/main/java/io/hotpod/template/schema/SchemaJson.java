package io.hotpod.template.schema;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A schema as Heat's API describes a resource type ({@code GET /resource_types/NAME}). */
public final class SchemaJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private SchemaJson() {}

  /** The whole answer, with the description that the API shows on demand. */
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
    schema.attributes().values().forEach(attribute -> describe(attribute, attributes));
    if (!schema.attributes().containsKey(ResourceSchema.SHOW)) {
      describe(
          AttributeDefinition.of(
              ResourceSchema.SHOW, PropertyType.MAP, "Detailed information about resource."),
          attributes);
    }
    description.set("support_status", describe(schema.support()));
    return description;
  }

  private static void describe(AttributeDefinition attribute, ObjectNode attributes) {
    ObjectNode description = attributes.putObject(attribute.name());
    description.put("description", attribute.description());
    attribute.type().ifPresent(type -> description.put("type", type.heatName()));
  }

  private static ObjectNode describe(SupportStatus support) {
    ObjectNode description = JSON.objectNode();
    description.put("status", support.status().name());
    putText(description, "message", support.message());
    putText(description, "version", support.version());
    support
        .previous()
        .ifPresentOrElse(
            previous -> description.set("previous_status", describe(previous)),
            () -> description.putNull("previous_status"));
    return description;
  }

  private static void putText(ObjectNode description, String name, String text) {
    if (text.isEmpty()) {
      description.putNull(name);
    } else {
      description.put(name, text);
    }
  }

  private static ObjectNode describe(PropertyDefinition property) {
    ObjectNode description = JSON.objectNode();
    description.put("type", property.type().heatName());
    description.put("description", property.description());
    description.put("required", property.required());
    description.put("update_allowed", property.updateAllowed());
    description.put("immutable", property.immutable());
    property.defaultValue().ifPresent(value -> description.set("default", value.deepCopy()));
    if (!property.constraints().isEmpty()) {
      ArrayNode constraints = description.putArray("constraints");
      property.constraints().forEach(constraint -> constraints.add(ConstraintJson.of(constraint)));
    }
    property
        .nested()
        .ifPresent(
            nested -> {
              ObjectNode inside = description.putObject("schema");
              switch (nested) {
                case NestedSchema.Keys keys ->
                    keys.properties()
                        .values()
                        .forEach(key -> inside.set(key.name(), describe(key)));
                case NestedSchema.Each each -> inside.set(NestedSchema.EACH, describe(each.item()));
              }
            });
    return description;
  }
}
