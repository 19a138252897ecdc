package io.hotpod.engine.resource.heat;

import io.hotpod.engine.resource.group.GroupState;
import io.hotpod.engine.resource.group.GroupType;
import io.hotpod.engine.resource.group.MemberTemplate;
import io.hotpod.engine.resource.group.MemberView;
import io.hotpod.engine.resource.group.Round;
import io.hotpod.template.ResourceFacade;
import io.hotpod.template.schema.PropertyDefinition;
import io.hotpod.template.schema.PropertyType;
import io.hotpod.template.schema.ResourceSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code OS::Heat::ResourceChain}: resources of several types with the same properties. */
public final class ResourceChainType implements GroupType {
  private static final String RESOURCES = "resources";
  private static final String CONCURRENT = "concurrent";
  private static final String RESOURCE_PROPERTIES = "resource_properties";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final ResourceSchema SCHEMA =
      ResourceSchema.of(
              "OS::Heat::ResourceChain",
              "Creates one or more resources with the same configuration, one after the other.",
              List.of(
                  PropertyDefinition.of(
                          RESOURCES, PropertyType.LIST, "The types of the resources, in order.")
                      .ofEach(PropertyDefinition.each(PropertyType.STRING, "A type.").notEmpty())
                      .mandatory()
                      .updatable(),
                  PropertyDefinition.of(
                          CONCURRENT,
                          PropertyType.BOOLEAN,
                          "Create them side by side rather than one after the other.")
                      .withDefault(JSON.booleanNode(false)),
                  PropertyDefinition.of(
                      RESOURCE_PROPERTIES, PropertyType.MAP, "The properties of each resource.")),
              GroupAttributes.DEFINITIONS)
          .withAnyAttribute();

  @Override
  public ResourceSchema schema() {
    return SCHEMA;
  }

  @Override
  public Map<String, JsonNode> target(
      GroupState present, ObjectNode properties, Set<String> unknown, ResourceFacade facade) {
    boolean concurrent = properties.path(CONCURRENT).asBoolean(false);
    Map<String, JsonNode> members = new LinkedHashMap<>();
    for (JsonNode type : properties.path(RESOURCES)) {
      ObjectNode definition = JSON.objectNode();
      definition.set("type", type);
      if (properties.path(RESOURCE_PROPERTIES).isObject()) {
        definition.set("properties", properties.path(RESOURCE_PROPERTIES));
      }
      int index = members.size();
      if (!concurrent && index > 0) {
        definition.putArray("depends_on").add(Integer.toString(index - 1));
      }
      members.put(Integer.toString(index), MemberTemplate.normal(definition));
    }
    return members;
  }

  @Override
  public Optional<Round> next(GroupState present, ObjectNode properties, ResourceFacade facade) {
    return Optional.empty();
  }

  @Override
  public Duration pauses(GroupState present, ObjectNode properties, ResourceFacade facade) {
    return Duration.ZERO;
  }

  @Override
  public List<String> origin(List<String> inside) {
    if (inside.size() < 3 || !inside.get(2).equals("properties")) {
      return inside.subList(0, Math.min(2, inside.size()));
    }
    List<String> path = new ArrayList<>(List.of(RESOURCE_PROPERTIES));
    path.addAll(inside.subList(3, inside.size()));
    return path;
  }

  @Override
  public Optional<JsonNode> attribute(MemberView members, String name, List<JsonNode> path) {
    return GroupAttributes.of(members, name, path);
  }
}
