package io.hotpod.engine.resource.heat;

import io.hotpod.engine.config.SoftwareConfig;
import io.hotpod.template.schema.AttributeDefinition;
import io.hotpod.template.schema.PropertyDefinition;
import io.hotpod.template.schema.PropertyType;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;

/** The properties that the types of software configs share. */
final class ConfigProperties {
  static final String GROUP = "group";
  static final String CONFIG = "config";
  static final String CONFIGS = "configs";
  static final String INPUTS = "inputs";
  static final String OUTPUTS = "outputs";
  static final String OPTIONS = "options";

  private static final List<String> TYPES =
      List.of("String", "Number", "CommaDelimitedList", "Json", "Boolean");

  private ConfigProperties() {}

  static PropertyDefinition group() {
    return PropertyDefinition.of(
            GROUP,
            PropertyType.STRING,
            "What on the machine works on the config, such as script or kubelet.")
        .withDefault(JsonNodeFactory.instance.stringNode(SoftwareConfig.UNGROUPED));
  }

  /** Options, inputs and outputs. */
  static List<PropertyDefinition> common() {
    List<PropertyDefinition> properties = new ArrayList<>();
    properties.add(
        PropertyDefinition.of(
            OPTIONS, PropertyType.MAP, "What is particular to what works on the config."));
    properties.add(
        PropertyDefinition.of(INPUTS, PropertyType.LIST, "What a deployment gives.")
            .ofEach(
                PropertyDefinition.each(PropertyType.MAP, "One input.")
                    .holding(
                        List.of(
                            name("Name of the input."),
                            description(),
                            type(),
                            PropertyDefinition.of(
                                "default", PropertyType.ANY, "Value when none is given."),
                            PropertyDefinition.of(
                                    "replace_on_change",
                                    PropertyType.BOOLEAN,
                                    "Replace the deployment when the value changes.")
                                .withDefault(JsonNodeFactory.instance.booleanNode(false)),
                            hidden()))));
    properties.add(
        PropertyDefinition.of(OUTPUTS, PropertyType.LIST, "What the machine gives back.")
            .ofEach(
                PropertyDefinition.each(PropertyType.MAP, "One output.")
                    .holding(
                        List.of(
                            name("Name of the output."),
                            description(),
                            type(),
                            PropertyDefinition.of(
                                    "error_output",
                                    PropertyType.BOOLEAN,
                                    "Any value of it means that the deployment failed.")
                                .withDefault(JsonNodeFactory.instance.booleanNode(false)),
                            hidden()))));
    return properties;
  }

  private static PropertyDefinition name(String description) {
    return PropertyDefinition.of("name", PropertyType.STRING, description).mandatory();
  }

  private static PropertyDefinition hidden() {
    return PropertyDefinition.of(
        "hidden",
        PropertyType.BOOLEAN,
        "Show the value to nobody but the machine. Not in OpenStack Heat.");
  }

  private static PropertyDefinition description() {
    return PropertyDefinition.of("description", PropertyType.STRING, "For people.");
  }

  private static PropertyDefinition type() {
    return PropertyDefinition.of("type", PropertyType.STRING, "Type of the value.")
        .withDefault(JsonNodeFactory.instance.stringNode("String"))
        .oneOf(TYPES);
  }

  static List<AttributeDefinition> attribute(PropertyType type) {
    return List.of(AttributeDefinition.of(CONFIG, type, "The config as it is stored."));
  }
}
