package io.hotpod.engine.resource.heat;

import io.hotpod.engine.config.SoftwareConfig;
import io.hotpod.engine.signal.SignalTransport;
import io.hotpod.template.schema.AttributeDefinition;
import io.hotpod.template.schema.PropertyDefinition;
import io.hotpod.template.schema.PropertyType;
import io.hotpod.template.schema.ResourceSchema;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The properties of software deployments, and what they mean. */
final class DeploymentProperties {
  static final String CONFIG = "config";
  static final String SERVER = "server";
  static final String INPUT_VALUES = "input_values";
  static final String ACTIONS = "actions";
  static final String NAME = "name";
  static final String TRANSPORT = "signal_transport";
  static final String INPUT_KEY = "input_key";
  static final String VALIDATE = "input_values_validate";
  static final String STDOUT = "deploy_stdout";
  static final String STDERR = "deploy_stderr";
  static final String STATUS_CODE = "deploy_status_code";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private DeploymentProperties() {}

  static ResourceSchema schema(String type, String description, boolean structured) {
    List<PropertyDefinition> properties = new ArrayList<>();
    properties.add(
        PropertyDefinition.of(SERVER, PropertyType.STRING, "Id of the machine.")
            .mandatory()
            .notEmpty());
    properties.addAll(common(structured));
    return ResourceSchema.of(
            type,
            description,
            properties,
            List.of(
                AttributeDefinition.of(
                    STDOUT, PropertyType.STRING, "What the config wrote to standard output."),
                AttributeDefinition.of(
                    STDERR, PropertyType.STRING, "What the config wrote to standard error."),
                AttributeDefinition.of(
                    STATUS_CODE, PropertyType.INTEGER, "The status code that it ended with.")))
        .withAnyAttribute();
  }

  private static List<PropertyDefinition> common(boolean structured) {
    List<PropertyDefinition> properties = new ArrayList<>();
    properties.add(
        PropertyDefinition.of(CONFIG, PropertyType.STRING, "Id of the software config.")
            .updatable());
    properties.add(
        PropertyDefinition.of(
                INPUT_VALUES, PropertyType.MAP, "Values for the inputs of the config.")
            .updatable());
    properties.add(
        PropertyDefinition.of(
                ACTIONS, PropertyType.LIST, "The actions for which the machine gets the config.")
            .withDefault(JSON.arrayNode().add("CREATE").add("UPDATE"))
            .ofEach(
                PropertyDefinition.each(PropertyType.STRING, "An action.")
                    .oneOf(List.of("CREATE", "UPDATE", "DELETE", "SUSPEND", "RESUME")))
            .updatable());
    properties.add(
        PropertyDefinition.of(
                NAME,
                PropertyType.STRING,
                "Name of what the machine gets; it works on them in the order of their names.")
            .updatable());
    properties.add(
        PropertyDefinition.of(
                TRANSPORT, PropertyType.STRING, "How the machine tells what became of it.")
            .withDefault(JSON.stringNode(SignalTransport.CFN_SIGNAL.name()))
            .oneOf(SignalTransport.ofDeployments()));
    if (structured) {
      properties.add(
          PropertyDefinition.of(
                  INPUT_KEY, PropertyType.STRING, "Key of maps that stand for an input's value.")
              .withDefault(JSON.stringNode("get_input")));
      properties.add(
          PropertyDefinition.of(
                  VALIDATE, PropertyType.STRING, "Whether an input without a value is an error.")
              .withDefault(JSON.stringNode("LAX"))
              .oneOf(List.of("LAX", "STRICT")));
    }
    return properties;
  }

  static ObjectNode inputValues(ObjectNode properties) {
    return properties.path(INPUT_VALUES) instanceof ObjectNode values ? values : JSON.objectNode();
  }

  /** Whether the machine has something to do for an action. */
  static boolean isFor(ObjectNode properties, SoftwareConfig source, String action) {
    if (!source.group().equals(SoftwareConfig.COMPONENT)) {
      return names(properties.path(ACTIONS)).contains(action);
    }
    for (JsonNode config : source.config().path("configs")) {
      if (names(config.path("actions")).contains(action)) {
        return true;
      }
    }
    return false;
  }

  private static List<String> names(JsonNode list) {
    return list.valueStream().map(item -> item.asString("")).toList();
  }
}
