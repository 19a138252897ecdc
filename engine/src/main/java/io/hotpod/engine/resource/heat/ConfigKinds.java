package io.hotpod.engine.resource.heat;

import io.hotpod.engine.config.SoftwareConfig;
import io.hotpod.template.schema.AttributeDefinition;
import io.hotpod.template.schema.PropertyDefinition;
import io.hotpod.template.schema.PropertyType;
import io.hotpod.template.schema.ResourceSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The types of software configs that say no more than their properties do. */
final class ConfigKinds {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ConfigKinds() {}

  /** {@code OS::Heat::SoftwareConfig}: a text. */
  static ConfigKind text() {
    return plain(
        "OS::Heat::SoftwareConfig",
        "A software config that is a text, such as a script.",
        PropertyType.STRING);
  }

  /** {@code OS::Heat::StructuredConfig}: a map. */
  static ConfigKind structured() {
    return plain(
        "OS::Heat::StructuredConfig",
        "A software config that is a map, such as the manifest of a pod.",
        PropertyType.MAP);
  }

  private static ConfigKind plain(String type, String description, PropertyType configType) {
    List<PropertyDefinition> properties = new ArrayList<>();
    properties.add(ConfigProperties.group());
    properties.add(
        PropertyDefinition.of(
            ConfigProperties.CONFIG, configType, "What is worked on on the machine."));
    properties.addAll(ConfigProperties.common());
    ResourceSchema schema =
        ResourceSchema.of(type, description, properties, ConfigProperties.attribute(configType));
    return new Simple(schema, "") {
      @Override
      public JsonNode config(String project, ObjectNode given) {
        JsonNode config = given.path(ConfigProperties.CONFIG);
        return config.isMissingNode() ? JSON.nullNode() : config;
      }
    };
  }

  /** {@code OS::Heat::SoftwareComponent}: one config for each action. */
  static ConfigKind component() {
    List<PropertyDefinition> properties = new ArrayList<>();
    properties.add(
        PropertyDefinition.of(
                ConfigProperties.CONFIGS, PropertyType.LIST, "The configs of the actions.")
            .mandatory()
            .notEmpty()
            .ofEach(
                PropertyDefinition.each(PropertyType.MAP, "The config of some actions.")
                    .holding(
                        List.of(
                            PropertyDefinition.of(
                                    "actions", PropertyType.LIST, "The actions that it is for.")
                                .withDefault(JSON.arrayNode().add("CREATE").add("UPDATE"))
                                .notEmpty()
                                .ofEach(PropertyDefinition.each(PropertyType.STRING, "An action.")),
                            PropertyDefinition.of(
                                ConfigProperties.CONFIG,
                                PropertyType.ANY,
                                "What is worked on on the machine."),
                            PropertyDefinition.of(
                                    "tool", PropertyType.STRING, "What on the machine works on it.")
                                .mandatory()))));
    properties.addAll(ConfigProperties.common());
    ResourceSchema schema =
        ResourceSchema.of(
            "OS::Heat::SoftwareComponent",
            "A software config with a config of its own for each action.",
            properties,
            List.of(
                AttributeDefinition.of(
                    ConfigProperties.CONFIGS, PropertyType.LIST, "The configs as stored.")));
    return new Simple(schema, SoftwareConfig.COMPONENT) {
      @Override
      public JsonNode config(String project, ObjectNode given) {
        ObjectNode config = JSON.objectNode();
        config.set(ConfigProperties.CONFIGS, given.path(ConfigProperties.CONFIGS));
        return config;
      }

      @Override
      public String attribute() {
        return ConfigProperties.CONFIGS;
      }

      @Override
      public JsonNode shown(JsonNode config) {
        return config.path(ConfigProperties.CONFIGS);
      }
    };
  }

  /** {@code OS::Heat::CloudConfig}: cloud-init's own form. */
  static ConfigKind cloudConfig() {
    ResourceSchema schema =
        ResourceSchema.of(
            "OS::Heat::CloudConfig",
            "A config for cloud-init, for the user data of a server.",
            List.of(
                PropertyDefinition.of(
                    "cloud_config", PropertyType.MAP, "The config as cloud-init takes it.")),
            ConfigProperties.attribute(PropertyType.STRING));
    return new Simple(schema, SoftwareConfig.UNGROUPED) {
      @Override
      public JsonNode config(String project, ObjectNode given) {
        // JSON is YAML, and cloud-init reads YAML.
        return JSON.stringNode(
            "#cloud-config\n" + given.path("cloud_config").toPrettyString() + "\n");
      }
    };
  }

  /** All but the one that needs others. */
  static Stream<ConfigKind> simple() {
    return Stream.of(text(), structured(), component(), cloudConfig());
  }

  private abstract static class Simple implements ConfigKind {
    private final ResourceSchema schema;
    private final String group;

    /**
     * @param group empty takes the property
     */
    Simple(ResourceSchema schema, String group) {
      this.schema = schema;
      this.group = group;
    }

    @Override
    public ResourceSchema schema() {
      return schema;
    }

    @Override
    public String group(ObjectNode properties) {
      return group.isEmpty()
          ? properties.path(ConfigProperties.GROUP).asString(SoftwareConfig.UNGROUPED)
          : group;
    }
  }
}
