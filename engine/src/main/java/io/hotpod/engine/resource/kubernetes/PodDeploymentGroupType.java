package io.hotpod.engine.resource.kubernetes;

import io.hotpod.document.Location;
import io.hotpod.document.Problem;
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
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code OS::Kubernetes::PodDeploymentGroup}: the same pod on several instances. Each is a pod
 * deployment of its own, named as in {@code servers}.
 */
public final class PodDeploymentGroupType implements GroupType {
  private static final String NAME = "OS::Kubernetes::PodDeploymentGroup";
  private static final String SERVERS = "servers";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final ResourceSchema POLICIES = Policies.schema(NAME, false);

  /** Attributes of the group whose name is not that of the members'. */
  private static final Map<String, String> MEMBER_ATTRIBUTES =
      Map.of(
          "deploy_stdouts", "deploy_stdout",
          "deploy_stderrs", "deploy_stderr",
          "deploy_status_codes", "deploy_status_code");

  private final PodDeploymentType member;
  private final ResourceSchema schema;

  /**
   * @param member the type of the members
   */
  public PodDeploymentGroupType(PodDeploymentType member) {
    this.member = member;
    this.schema =
        ResourceSchema.of(
                NAME,
                "A pod on each of several instances, for as long as the stack wants it.",
                properties(member.schema()),
                List.of(
                    byName("phase", "The phase of each pod by server name."),
                    byName("pod_ip", "The address of each pod by server name."),
                    byName("host_ip", "The address of each instance by server name."),
                    byName("containers", "The containers of each pod by server name."),
                    byName("modification_token", "The modification of each by server name."),
                    byName("deploy_stdouts", "What each wrote to standard output."),
                    byName("deploy_stderrs", "What each wrote to standard error."),
                    byName("deploy_status_codes", "The exit code of each.")))
            .withAnyAttribute();
  }

  private static AttributeDefinition byName(String name, String description) {
    return AttributeDefinition.of(name, PropertyType.MAP, description);
  }

  private static List<PropertyDefinition> properties(ResourceSchema member) {
    List<PropertyDefinition> properties = new ArrayList<>();
    for (PropertyDefinition property : member.properties().values()) {
      if (property.name().equals(PodDeploymentType.SERVER)) {
        properties.add(
            PropertyDefinition.of(
                    SERVERS, PropertyType.MAP, "Names or ids of the instances, by server name.")
                .ofEach(PropertyDefinition.each(PropertyType.STRING, "An instance.").notEmpty())
                .mandatory()
                .updatable());
      } else {
        properties.add(property.updatable());
      }
    }
    return properties;
  }

  @Override
  public ResourceSchema schema() {
    return schema;
  }

  @Override
  public boolean runsPod() {
    return true;
  }

  @Override
  public Optional<ResourceSchema> updatePolicy() {
    return Optional.of(POLICIES);
  }

  @Override
  public List<Problem> validate(
      ObjectNode properties,
      Set<String> unknown,
      String path,
      Function<List<String>, Optional<Location>> locate) {
    return member.validate(properties, unknown, path, locate);
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
    definition.put("type", PodDeploymentType.NAME);
    ObjectNode own = definition.putObject("properties");
    for (String property : member.schema().properties().keySet()) {
      if (property.equals(PodDeploymentType.SERVER)) {
        own.set(property, properties.path(SERVERS).path(name));
      } else if (unknown.contains(property)) {
        own.set(property, MemberTemplate.unknown(property));
      } else if (properties.has(property)) {
        own.set(property, properties.get(property));
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

  private static Optional<Batches> batches(GroupState present, ResourceFacade facade) {
    return Policies.of(
        POLICIES,
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
    return inside.get(3).equals(PodDeploymentType.SERVER)
        ? List.of(SERVERS, inside.get(1))
        : inside.subList(3, inside.size());
  }

  /** Every attribute is a map by server name. */
  @Override
  public Optional<JsonNode> attribute(MemberView members, String name, List<JsonNode> path) {
    return switch (name) {
      case "refs" -> Optional.of(ResourceView.inside(members.references(), path));
      case "refs_map" -> Optional.of(ResourceView.inside(members.referencesByName(), path));
      case "attributes" -> Optional.of(members.attributesByName(path));
      default ->
          Optional.of(
              ResourceView.inside(
                  members.attributesByName(
                      List.of(JSON.stringNode(MEMBER_ATTRIBUTES.getOrDefault(name, name)))),
                  path));
    };
  }
}
