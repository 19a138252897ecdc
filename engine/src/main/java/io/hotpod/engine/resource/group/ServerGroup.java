package io.hotpod.engine.resource.group;

import io.hotpod.template.ResourceFacade;
import io.hotpod.template.ResourceView;
import io.hotpod.template.schema.AttributeDefinition;
import io.hotpod.template.schema.PropertyDefinition;
import io.hotpod.template.schema.PropertyType;
import io.hotpod.template.schema.ResourceSchema;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The same on each of several servers: a map of them in the place of the member's {@code server},
 * and a member for each, named as in the map. All other properties are those of the members.
 */
public interface ServerGroup extends GroupType {
  /** The property that has the servers by name. */
  String SERVERS = "servers";

  /** The member's property that has its server. */
  String SERVER = "server";

  /** The schema of the members. */
  ResourceSchema member();

  /** The schema of the update policy. */
  ResourceSchema policies();

  /**
   * The properties of a group: those of its members, with a map in the place of the server.
   *
   * @param description of the map
   * @param each what each entry is
   */
  static List<PropertyDefinition> properties(
      ResourceSchema member, String description, String each) {
    PropertyDefinition servers =
        PropertyDefinition.of(SERVERS, PropertyType.MAP, description)
            .ofEach(PropertyDefinition.each(PropertyType.STRING, each).notEmpty())
            .mandatory()
            .updatable();
    return member.properties().values().stream()
        .map(property -> property.name().equals(SERVER) ? servers : property.updatable())
        .toList();
  }

  /** An attribute that is a map by server name. */
  static AttributeDefinition byName(String name, String description) {
    return AttributeDefinition.of(name, PropertyType.MAP, description);
  }

  /** What the members wrote and how they ended. */
  static List<AttributeDefinition> ends(String statusCodes) {
    return List.of(
        byName("deploy_stdouts", "What each wrote to standard output."),
        byName("deploy_stderrs", "What each wrote to standard error."),
        byName("deploy_status_codes", statusCodes));
  }

  @Override
  default Optional<ResourceSchema> updatePolicy() {
    return Optional.of(policies());
  }

  @Override
  default boolean isForeseeable(Set<String> unknown) {
    return !unknown.contains(SERVERS);
  }

  @Override
  default Map<String, JsonNode> target(
      GroupState present, ObjectNode properties, Set<String> unknown, ResourceFacade facade) {
    Map<String, JsonNode> members = new LinkedHashMap<>();
    ServerMembers.names(properties)
        .forEach(
            name ->
                members.put(name, ServerMembers.definition(member(), name, properties, unknown)));
    return members;
  }

  @Override
  default Optional<Round> next(GroupState present, ObjectNode properties, ResourceFacade facade) {
    return ServerMembers.group(member(), present, properties)
        .next(ServerMembers.batches(policies(), present, facade));
  }

  @Override
  default Duration pauses(GroupState present, ObjectNode properties, ResourceFacade facade) {
    return ServerMembers.group(member(), present, properties)
        .pauses(ServerMembers.batches(policies(), present, facade));
  }

  @Override
  default List<String> origin(List<String> inside) {
    if (inside.size() < 4) {
      return inside.size() < 2 ? List.of(SERVERS) : List.of(SERVERS, inside.get(1));
    }
    return inside.get(3).equals(SERVER)
        ? List.of(SERVERS, inside.get(1))
        : inside.subList(3, inside.size());
  }

  /** Every attribute is a map by server name. */
  @Override
  default Optional<JsonNode> attribute(MemberView members, String name, List<JsonNode> path) {
    JsonNode attribute = JsonNodeFactory.instance.stringNode(ServerMembers.attribute(name));
    return Optional.of(ResourceView.inside(members.attributesByName(List.of(attribute)), path));
  }
}
