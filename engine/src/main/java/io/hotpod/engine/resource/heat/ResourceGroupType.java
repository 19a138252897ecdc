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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code OS::Heat::ResourceGroup}: so many resources that are alike. */
public final class ResourceGroupType implements GroupType {
  private static final String NAME = "OS::Heat::ResourceGroup";
  private static final String COUNT = "count";
  private static final String INDEX_VAR = "index_var";
  private static final String RESOURCE_DEF = "resource_def";
  private static final String TYPE = "type";
  private static final String PROPERTIES = "properties";
  private static final String METADATA = "metadata";
  private static final String REMOVAL_POLICIES = "removal_policies";
  private static final String RESOURCE_LIST = "resource_list";
  private static final String REMOVAL_MODE = "removal_policies_mode";
  private static final String REMOVED_LIST = "removed_rsrc_list";
  private static final String REMOVED = "removed";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final ResourceSchema POLICIES = Policies.schema(NAME, true);
  private static final ResourceSchema SCHEMA =
      ResourceSchema.of(
              NAME,
              "Creates one or more identically configured resources, named 0, 1, 2 and so on.",
              List.of(
                  PropertyDefinition.of(
                          COUNT, PropertyType.INTEGER, "The number of resources to create.")
                      .withDefault(JSON.numberNode(1))
                      .atLeast(0)
                      .updatable(),
                  PropertyDefinition.of(
                          INDEX_VAR,
                          PropertyType.STRING,
                          "In texts of the properties this is replaced by the member's name.")
                      .withDefault(JSON.stringNode("%index%"))
                      .ofLength(3, 255),
                  PropertyDefinition.of(
                          RESOURCE_DEF, PropertyType.MAP, "What each resource of the group is.")
                      .holding(
                          List.of(
                              PropertyDefinition.of(
                                      TYPE,
                                      PropertyType.STRING,
                                      "The type of the resources, or a template.")
                                  .mandatory()
                                  .notEmpty(),
                              PropertyDefinition.of(
                                  PROPERTIES, PropertyType.MAP, "Properties for the resources."),
                              PropertyDefinition.of(
                                  METADATA, PropertyType.MAP, "Metadata for the resources.")))
                      .mandatory()
                      .updatable(),
                  PropertyDefinition.of(
                          REMOVAL_POLICIES,
                          PropertyType.LIST,
                          "Which members go when the group shrinks, and do not come back.")
                      .ofEach(
                          PropertyDefinition.each(PropertyType.MAP, "Members to remove.")
                              .holding(
                                  List.of(
                                      PropertyDefinition.of(
                                              RESOURCE_LIST,
                                              PropertyType.LIST,
                                              "Names or reference ids of members.")
                                          .withDefault(JSON.arrayNode()))))
                      .withDefault(JSON.arrayNode())
                      .updatable(),
                  PropertyDefinition.of(
                          REMOVAL_MODE,
                          PropertyType.STRING,
                          "Whether the removed names are added to the earlier ones or replace them.")
                      .withDefault(JSON.stringNode("append"))
                      .oneOf(List.of("append", "update"))
                      .updatable()),
              attributes())
          .withAnyAttribute();

  private static List<AttributeDefinition> attributes() {
    List<AttributeDefinition> attributes = new ArrayList<>(GroupAttributes.DEFINITIONS);
    attributes.add(
        AttributeDefinition.of(
            REMOVED_LIST, PropertyType.LIST, "The names that were removed and stay unused."));
    return attributes;
  }

  @Override
  public ResourceSchema schema() {
    return SCHEMA;
  }

  @Override
  public Optional<ResourceSchema> updatePolicy() {
    return Optional.of(POLICIES);
  }

  @Override
  public ObjectNode remember(GroupState present, ObjectNode properties) {
    Set<String> before = removed(present.memory());
    boolean append = properties.path(REMOVAL_MODE).asString("append").equals("append");
    Set<String> names = new LinkedHashSet<>(append ? before : Set.of());
    Set<String> members = present.names();
    for (JsonNode policy : properties.path(REMOVAL_POLICIES)) {
      for (JsonNode item : policy.path(RESOURCE_LIST)) {
        String text = item.asString("");
        if (members.contains(text) || before.contains(text)) {
          names.add(text);
        } else {
          present.named().apply(text).ifPresent(names::add);
        }
      }
    }
    ObjectNode memory = present.memory().deepCopy();
    ArrayNode list = memory.putArray(REMOVED);
    names.forEach(list::add);
    return memory;
  }

  private static Set<String> removed(ObjectNode memory) {
    Set<String> names = new LinkedHashSet<>();
    memory.path(REMOVED).forEach(name -> names.add(name.asString("")));
    return names;
  }

  private static int count(ObjectNode properties) {
    return properties.path(COUNT).asInt(1);
  }

  /** The first names that are not taken out. */
  private static List<String> names(int count, Set<String> removed) {
    return IntStream.iterate(0, index -> index + 1)
        .mapToObj(Integer::toString)
        .filter(name -> !removed.contains(name))
        .limit(count)
        .toList();
  }

  private static JsonNode definition(ObjectNode properties, String name) {
    JsonNode general = properties.path(RESOURCE_DEF);
    String variable = properties.path(INDEX_VAR).asString("%index%");
    ObjectNode definition = JSON.objectNode();
    definition.set(TYPE, general.path(TYPE));
    if (general.path(PROPERTIES).isObject()) {
      definition.set(
          PROPERTIES,
          MemberDefinitions.texts(
              MemberDefinitions.withoutNulls(general.path(PROPERTIES)),
              text -> text.replace(variable, name)));
    }
    if (general.path(METADATA).isObject()) {
      definition.set(METADATA, general.path(METADATA));
    }
    return MemberTemplate.normal(definition);
  }

  @Override
  public Map<String, JsonNode> target(
      GroupState present, ObjectNode properties, Set<String> unknown, ResourceFacade facade) {
    Map<String, JsonNode> members = new LinkedHashMap<>();
    for (String name : names(count(properties), removed(present.memory()))) {
      members.put(name, definition(properties, name));
    }
    return members;
  }

  @Override
  public Optional<Round> next(GroupState present, ObjectNode properties, ResourceFacade facade) {
    return group(present, properties).next(batches(present, facade));
  }

  @Override
  public Map<String, JsonNode> passing(
      GroupState present, ObjectNode properties, ResourceFacade facade) {
    return group(present, properties).passing(batches(present, facade));
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

  private static NamedGroup group(GroupState present, ObjectNode properties) {
    Set<String> removed = removed(present.memory());
    List<Member> staying =
        present.members().stream().filter(member -> !removed.contains(member.name())).toList();
    return new NamedGroup(
        present.creating(),
        staying,
        count(properties),
        capacity -> names(capacity, removed),
        name -> definition(properties, name));
  }

  @Override
  public List<String> origin(List<String> inside) {
    List<String> path = new ArrayList<>(List.of(RESOURCE_DEF));
    path.addAll(inside.subList(Math.min(2, inside.size()), inside.size()));
    return path;
  }

  @Override
  public Optional<JsonNode> attribute(MemberView members, String name, List<JsonNode> path) {
    if (name.equals(REMOVED_LIST)) {
      ArrayNode list = JSON.arrayNode();
      removed(members.memory()).stream().sorted().forEach(list::add);
      return Optional.of(ResourceView.inside(list, path));
    }
    return GroupAttributes.of(members, name, path);
  }
}
