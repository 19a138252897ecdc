package io.hotpod.engine.resource.heat;

import io.hotpod.engine.resource.group.Batches;
import io.hotpod.engine.resource.group.GroupState;
import io.hotpod.engine.resource.group.GroupType;
import io.hotpod.engine.resource.group.Member;
import io.hotpod.engine.resource.group.MemberTemplate;
import io.hotpod.engine.resource.group.MemberView;
import io.hotpod.engine.resource.group.NamedGroup;
import io.hotpod.engine.resource.group.Policies;
import io.hotpod.engine.resource.group.Round;
import io.hotpod.template.ResourceFacade;
import io.hotpod.template.ResourceView;
import io.hotpod.template.schema.AttributeDefinition;
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

/**
 * {@code OS::Heat::SoftwareDeploymentGroup} and {@code OS::Heat::StructuredDeploymentGroup}: the
 * same config on several machines. Each is a deployment of its own, named as in {@code servers}.
 */
public final class SoftwareDeploymentGroupType implements GroupType {
  private static final String SERVERS = "servers";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Attributes of the group whose name is not that of the members'. */
  private static final Map<String, String> MEMBER_ATTRIBUTES =
      Map.of(
          "deploy_stdouts", DeploymentProperties.STDOUT,
          "deploy_stderrs", DeploymentProperties.STDERR,
          "deploy_status_codes", DeploymentProperties.STATUS_CODE);

  private final String memberType;
  private final List<PropertyDefinition> common;
  private final ResourceSchema schema;
  private final ResourceSchema policies;

  private SoftwareDeploymentGroupType(String memberType, String description, boolean structured) {
    this.memberType = memberType;
    this.common = DeploymentProperties.common(structured);
    List<PropertyDefinition> properties = new ArrayList<>();
    properties.add(
        PropertyDefinition.of(SERVERS, PropertyType.MAP, "Ids of the machines, by server name.")
            .ofEach(PropertyDefinition.each(PropertyType.STRING, "A machine.").notEmpty())
            .mandatory()
            .updatable());
    common.forEach(property -> properties.add(property.updatable()));
    this.schema =
        ResourceSchema.of(
                memberType + "Group",
                description,
                properties,
                List.of(
                    byName("deploy_stdouts", "What each wrote to standard output."),
                    byName("deploy_stderrs", "What each wrote to standard error."),
                    byName("deploy_status_codes", "The status code of each.")))
            .withAnyAttribute();
    this.policies = Policies.schema(schema.type(), false);
  }

  /** Both types. */
  public static List<GroupType> all() {
    return List.of(
        new SoftwareDeploymentGroupType(
            "OS::Heat::SoftwareDeployment",
            "A software config on each of several machines.",
            false),
        new SoftwareDeploymentGroupType(
            "OS::Heat::StructuredDeployment",
            "A structured config on each of several machines.",
            true));
  }

  private static AttributeDefinition byName(String name, String description) {
    return AttributeDefinition.of(name, PropertyType.MAP, description);
  }

  @Override
  public ResourceSchema schema() {
    return schema;
  }

  @Override
  public Optional<ResourceSchema> updatePolicy() {
    return Optional.of(policies);
  }

  @Override
  public boolean isForeseeable(Set<String> unknown) {
    return !unknown.contains(SERVERS);
  }

  @Override
  public Map<String, JsonNode> target(
      GroupState present, ObjectNode properties, Set<String> unknown, ResourceFacade facade) {
    Map<String, JsonNode> members = new LinkedHashMap<>();
    names(properties).forEach(name -> members.put(name, definition(name, properties, unknown)));
    return members;
  }

  private static List<String> names(ObjectNode properties) {
    return List.copyOf(properties.path(SERVERS).propertyNames());
  }

  private JsonNode definition(String name, ObjectNode properties, Set<String> unknown) {
    ObjectNode definition = JSON.objectNode();
    definition.put("type", memberType);
    ObjectNode own = definition.putObject("properties");
    own.set(DeploymentProperties.SERVER, properties.path(SERVERS).path(name));
    for (PropertyDefinition property : common) {
      if (unknown.contains(property.name())) {
        own.set(property.name(), MemberTemplate.unknown(property.name()));
      } else if (properties.has(property.name())) {
        own.set(property.name(), properties.get(property.name()));
      }
    }
    return MemberTemplate.normal(definition);
  }

  @Override
  public Optional<Round> next(GroupState present, ObjectNode properties, ResourceFacade facade) {
    return group(present, properties).next(batches(present, facade));
  }

  @Override
  public Duration pauses(GroupState present, ObjectNode properties, ResourceFacade facade) {
    return group(present, properties).pauses(batches(present, facade));
  }

  private Optional<Batches> batches(GroupState present, ResourceFacade facade) {
    return Policies.of(
        policies,
        facade.updatePolicy(),
        present.creating() ? Policies.BATCH_CREATE : Policies.ROLLING_UPDATE);
  }

  private NamedGroup group(GroupState present, ObjectNode properties) {
    List<String> names = names(properties);
    List<Member> staying =
        present.members().stream().filter(each -> names.contains(each.name())).toList();
    return new NamedGroup(
        true,
        staying,
        names.size(),
        capacity -> names.subList(0, Math.min(capacity, names.size())),
        name -> definition(name, properties, Set.of()));
  }

  @Override
  public List<String> origin(List<String> inside) {
    if (inside.size() < 4) {
      return inside.size() < 2 ? List.of(SERVERS) : List.of(SERVERS, inside.get(1));
    }
    return inside.get(3).equals(DeploymentProperties.SERVER)
        ? List.of(SERVERS, inside.get(1))
        : inside.subList(3, inside.size());
  }

  /** Every attribute is a map by server name. */
  @Override
  public Optional<JsonNode> attribute(MemberView members, String name, List<JsonNode> path) {
    String attribute = MEMBER_ATTRIBUTES.getOrDefault(name, name);
    return Optional.of(
        ResourceView.inside(members.attributesByName(List.of(JSON.stringNode(attribute))), path));
  }
}
