package io.hotpod.template.schema;

import io.hotpod.template.Constraint;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A template that mirrors a resource type: a parameter for each property, an output for each
 * attribute, one resource ({@code GET /resource_types/NAME/template}). People start from it when
 * they put a template in the place of a type.
 */
public final class GeneratedTemplate {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String REFERENCE_ID = "OS::stack_id";

  private final ResourceSchema schema;
  private final String resource;

  private GeneratedTemplate(ResourceSchema schema) {
    this.schema = schema;
    this.resource = schema.type().substring(schema.type().lastIndexOf(':') + 1);
  }

  /** In the HOT language, version 2016-10-14 as Heat writes it. */
  public static ObjectNode hot(ResourceSchema schema) {
    return new GeneratedTemplate(schema).hot();
  }

  /** In the language of CloudFormation as Heat speaks it. */
  public static ObjectNode cloudFormation(ResourceSchema schema) {
    return new GeneratedTemplate(schema).cloudFormation();
  }

  private ObjectNode hot() {
    ObjectNode template = JSON.objectNode();
    template.put("heat_template_version", "2016-10-14");
    template.put("description", "Initial template of " + resource);
    ObjectNode parameters = template.putObject("parameters");
    ObjectNode definition = template.putObject("resources").putObject(resource);
    definition.put("type", schema.type());
    ObjectNode properties = definition.putObject("properties");
    for (PropertyDefinition property : schema.properties().values()) {
      if (isThere(property)) {
        parameters.set(property.name(), hotParameter(property));
        properties.putObject(property.name()).put("get_param", property.name());
      }
    }
    ObjectNode outputs = template.putObject("outputs");
    schema.attributes().values().forEach(attribute -> hotOutput(outputs, attribute));
    outputs.putObject(REFERENCE_ID).putObject("value").put("get_resource", resource);
    return template;
  }

  private void hotOutput(ObjectNode outputs, AttributeDefinition attribute) {
    ObjectNode output = outputs.putObject(attribute.name());
    output.put("description", attribute.description());
    output.putObject("value").putArray("get_attr").add(resource).add(attribute.name());
  }

  private static ObjectNode hotParameter(PropertyDefinition property) {
    ObjectNode parameter = JSON.objectNode();
    String type =
        switch (property.type()) {
          case STRING -> "string";
          case INTEGER, NUMBER -> "number";
          case BOOLEAN -> "boolean";
          case MAP, ANY -> "json";
          case LIST -> holdsTexts(property) ? "comma_delimited_list" : "json";
        };
    parameter.put("type", type);
    parameter.put("description", property.description());
    property.defaultValue().ifPresent(value -> parameter.set("default", value.deepCopy()));
    if (property.hidden()) {
      parameter.put("hidden", true);
    }
    if (!property.constraints().isEmpty()) {
      ArrayNode constraints = parameter.putArray("constraints");
      property.constraints().forEach(rule -> constraints.add(ConstraintJson.of(rule)));
    }
    return parameter;
  }

  private ObjectNode cloudFormation() {
    ObjectNode template = JSON.objectNode();
    template.put("HeatTemplateFormatVersion", "2012-12-12");
    template.put("Description", "Initial template of " + resource);
    ObjectNode parameters = template.putObject("Parameters");
    ObjectNode definition = template.putObject("Resources").putObject(resource);
    definition.put("Type", schema.type());
    ObjectNode properties = definition.putObject("Properties");
    for (PropertyDefinition property : schema.properties().values()) {
      if (!isThere(property)) {
        continue;
      }
      parameters.set(property.name(), cloudFormationParameter(property));
      ObjectNode reference = JSON.objectNode().put("Ref", property.name());
      if (property.type() == PropertyType.LIST && holdsTexts(property)) {
        properties.putObject(property.name()).putArray("Fn::Split").add(",").add(reference);
      } else {
        properties.set(property.name(), reference);
      }
    }
    ObjectNode outputs = template.putObject("Outputs");
    for (AttributeDefinition attribute : schema.attributes().values()) {
      ObjectNode output = outputs.putObject(attribute.name());
      output.put("Description", attribute.description());
      output.putObject("Value").putArray("Fn::GetAtt").add(resource).add(attribute.name());
    }
    outputs.putObject(REFERENCE_ID).putObject("Value").put("Ref", resource);
    return template;
  }

  private static ObjectNode cloudFormationParameter(PropertyDefinition property) {
    ObjectNode parameter = JSON.objectNode();
    String type =
        switch (property.type()) {
          case STRING, BOOLEAN -> "String";
          case INTEGER, NUMBER -> "Number";
          case MAP, ANY -> "Json";
          case LIST -> holdsTexts(property) ? "CommaDelimitedList" : "Json";
        };
    parameter.put("Type", type);
    parameter.put("Description", property.description());
    property.defaultValue().ifPresent(value -> parameter.set("Default", value.deepCopy()));
    if (property.hidden()) {
      parameter.put("NoEcho", "true");
    }
    if (property.type() == PropertyType.BOOLEAN) {
      parameter.putArray("AllowedValues").add("True").add("true").add("False").add("false");
    }
    for (Constraint constraint : property.constraints()) {
      JsonNode rule = ConstraintJson.of(constraint).path(constraint.keyword());
      switch (constraint.keyword()) {
        case "length" -> put(parameter, rule, "MinLength", "MaxLength");
        case "range" -> put(parameter, rule, "MinValue", "MaxValue");
        case "allowed_values" -> parameter.set("AllowedValues", rule);
        case "allowed_pattern" -> parameter.set("AllowedPattern", rule);
        default -> {
          // The rest cannot be said in this language.
        }
      }
    }
    return parameter;
  }

  private static void put(ObjectNode parameter, JsonNode bounds, String least, String most) {
    if (bounds.has("min")) {
      parameter.set(least, bounds.path("min"));
    }
    if (bounds.has("max")) {
      parameter.set(most, bounds.path("max"));
    }
  }

  private static boolean isThere(PropertyDefinition property) {
    return property.support().status() != SupportStatus.Status.UNSUPPORTED;
  }

  /** Whether text with commas can say it. */
  private static boolean holdsTexts(PropertyDefinition property) {
    return property
        .nested()
        .map(
            nested ->
                nested instanceof NestedSchema.Each each
                    && each.item().type() == PropertyType.STRING)
        .orElse(true);
  }
}
