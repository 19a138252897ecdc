package io.hotpod.engine.resource.group;

import io.hotpod.template.ResourceFacade;
import io.hotpod.template.schema.ResourceSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The members of a {@link ServerGroup}. Pure. */
final class ServerMembers {
  /** Attributes of the group whose name is not that of the members'. */
  private static final Map<String, String> ATTRIBUTES =
      Map.of(
          "deploy_stdouts", "deploy_stdout",
          "deploy_stderrs", "deploy_stderr",
          "deploy_status_codes", "deploy_status_code");

  private ServerMembers() {}

  static List<String> names(ObjectNode properties) {
    return List.copyOf(properties.path(ServerGroup.SERVERS).propertyNames());
  }

  /** What the members call an attribute of the group. */
  static String attribute(String name) {
    return ATTRIBUTES.getOrDefault(name, name);
  }

  static JsonNode definition(
      ResourceSchema member, String name, ObjectNode properties, Set<String> unknown) {
    ObjectNode definition = JsonNodeFactory.instance.objectNode();
    definition.put("type", member.type());
    ObjectNode own = definition.putObject("properties");
    for (String property : member.properties().keySet()) {
      if (property.equals(ServerGroup.SERVER)) {
        own.set(property, properties.path(ServerGroup.SERVERS).path(name));
      } else if (unknown.contains(property)) {
        own.set(property, MemberTemplate.unknown(property));
      } else if (properties.has(property)) {
        own.set(property, properties.get(property));
      }
    }
    return MemberTemplate.normal(definition);
  }

  static NamedGroup group(ResourceSchema member, GroupState present, ObjectNode properties) {
    List<String> names = names(properties);
    List<Member> staying =
        present.members().stream().filter(each -> names.contains(each.name())).toList();
    return new NamedGroup(
        true,
        staying,
        names.size(),
        capacity -> names.subList(0, Math.min(capacity, names.size())),
        name -> definition(member, name, properties, Set.of()));
  }

  static Optional<Batches> batches(
      ResourceSchema policies, GroupState present, ResourceFacade facade) {
    return Policies.of(
        policies,
        facade.updatePolicy(),
        present.creating() ? Policies.BATCH_CREATE : Policies.ROLLING_UPDATE);
  }
}
