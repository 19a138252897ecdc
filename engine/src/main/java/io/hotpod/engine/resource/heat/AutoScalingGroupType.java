package io.hotpod.engine.resource.heat;

import io.hotpod.document.Location;
import io.hotpod.document.Problem;
import io.hotpod.engine.resource.group.Batches;
import io.hotpod.engine.resource.group.GroupState;
import io.hotpod.engine.resource.group.GroupType;
import io.hotpod.engine.resource.group.Member;
import io.hotpod.engine.resource.group.MemberTemplate;
import io.hotpod.engine.resource.group.MemberView;
import io.hotpod.engine.resource.group.Policies;
import io.hotpod.engine.resource.group.Round;
import io.hotpod.engine.resource.group.Succession;
import io.hotpod.template.ResourceFacade;
import io.hotpod.template.ResourceView;
import io.hotpod.template.schema.AttributeDefinition;
import io.hotpod.template.schema.PropertyDefinition;
import io.hotpod.template.schema.PropertyType;
import io.hotpod.template.schema.ResourceSchema;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code OS::Heat::AutoScalingGroup}: a group that can be scaled. */
public final class AutoScalingGroupType implements GroupType {
  static final String MIN_SIZE = "min_size";
  static final String MAX_SIZE = "max_size";
  private static final String RESOURCE = "resource";
  private static final String DESIRED_CAPACITY = "desired_capacity";
  private static final String COOLDOWN = "cooldown";
  private static final String ROLLING_UPDATES = "rolling_updates";
  private static final String CAPACITY = "capacity";
  private static final String LEAVING = "leaving";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final ResourceSchema SCHEMA =
      ResourceSchema.of(
          "OS::Heat::AutoScalingGroup",
          "An autoscaling group that can scale arbitrary resources.",
          List.of(
              PropertyDefinition.of(
                      RESOURCE,
                      PropertyType.MAP,
                      "What each resource of the group is, as a template defines one.")
                  .mandatory()
                  .updatable(),
              PropertyDefinition.of(
                      MAX_SIZE, PropertyType.INTEGER, "The most resources in the group.")
                  .mandatory()
                  .atLeast(0)
                  .updatable(),
              PropertyDefinition.of(
                      MIN_SIZE, PropertyType.INTEGER, "The fewest resources in the group.")
                  .mandatory()
                  .atLeast(0)
                  .updatable(),
              PropertyDefinition.of(
                      DESIRED_CAPACITY,
                      PropertyType.INTEGER,
                      "The number of resources in the group at first, and after each update.")
                  .atLeast(0)
                  .updatable(),
              PropertyDefinition.of(COOLDOWN, PropertyType.INTEGER, "Seconds between two scalings.")
                  .updatable(),
              PropertyDefinition.of(
                      ROLLING_UPDATES,
                      PropertyType.MAP,
                      "How the members are changed when their definition changes.")
                  .holding(Policies.batch(true))
                  .withDefault(
                      JSON.objectNode()
                          .put("min_in_service", 0)
                          .put("max_batch_size", 1)
                          .put("pause_time", 0))
                  .updatable()),
          List.of(
              AttributeDefinition.of(
                  "outputs",
                  PropertyType.MAP,
                  "One attribute of all members by name: [GROUP, outputs, ATTRIBUTE]."),
              AttributeDefinition.of(
                  "outputs_list",
                  PropertyType.LIST,
                  "One attribute of all members: [GROUP, outputs_list, ATTRIBUTE]."),
              AttributeDefinition.of(
                  "current_size", PropertyType.INTEGER, "How many members there are."),
              AttributeDefinition.of(
                  "refs", PropertyType.LIST, "The reference ids of the members."),
              AttributeDefinition.of(
                  "refs_map", PropertyType.MAP, "The reference ids of the members by name.")));

  @Override
  public ResourceSchema schema() {
    return SCHEMA;
  }

  @Override
  public List<Problem> validate(
      ObjectNode properties,
      Set<String> unknown,
      String path,
      Function<List<String>, Optional<Location>> locate) {
    List<Problem> problems = new ArrayList<>();
    JsonNode least = properties.path(MIN_SIZE);
    JsonNode most = properties.path(MAX_SIZE);
    JsonNode desired = properties.path(DESIRED_CAPACITY);
    if (least.isNumber() && most.isNumber() && least.intValue() > most.intValue()) {
      problems.add(problem(MIN_SIZE, "MinSize can not be greater than MaxSize", path, locate));
    }
    if (desired.isNumber()
        && ((least.isNumber() && desired.intValue() < least.intValue())
            || (most.isNumber() && desired.intValue() > most.intValue()))) {
      problems.add(
          problem(
              DESIRED_CAPACITY,
              "DesiredCapacity must be between MinSize and MaxSize",
              path,
              locate));
    }
    return problems;
  }

  private static Problem problem(
      String property,
      String message,
      String path,
      Function<List<String>, Optional<Location>> locate) {
    return new Problem(
        locate.apply(List.of(property)),
        path + ".properties." + property,
        message,
        Optional.empty());
  }

  /**
   * How large the group was when the update began, whatever is there for the time of it; and the
   * order in which members go at its end, which replacing some of them meanwhile does not change.
   */
  @Override
  public ObjectNode remember(GroupState present, ObjectNode properties) {
    ObjectNode memory = present.memory().deepCopy();
    memory.put(CAPACITY, present.members().size());
    memory.remove(LEAVING);
    if (desired(present.remembering(memory), properties) < present.members().size()) {
      ArrayNode leaving = memory.putArray(LEAVING);
      present.members().stream().sorted(oldest()).map(Member::name).forEach(leaving::add);
    }
    return memory;
  }

  private static int desired(GroupState present, ObjectNode properties) {
    int least = properties.path(MIN_SIZE).asInt(0);
    JsonNode desired = properties.path(DESIRED_CAPACITY);
    if (desired.isNumber()) {
      return desired.intValue();
    }
    return Math.clamp(capacity(present), least, Math.max(least, properties.path(MAX_SIZE).asInt()));
  }

  private static int capacity(GroupState present) {
    return present.memory().path(CAPACITY).asInt(0);
  }

  @Override
  public Map<String, JsonNode> target(
      GroupState present, ObjectNode properties, Set<String> unknown, ResourceFacade facade) {
    return resized(present, properties, desired(present, properties), leaving(present));
  }

  @Override
  public Map<String, JsonNode> foreseen(
      GroupState present, ObjectNode properties, Set<String> unknown, ResourceFacade facade) {
    return target(afterRounds(present, properties), properties, unknown, facade);
  }

  @Override
  public Map<String, JsonNode> passing(
      GroupState present, ObjectNode properties, ResourceFacade facade) {
    GroupState after = afterRounds(present, properties);
    Set<String> staying = target(after, properties, Set.of(), facade).keySet();
    Map<String, JsonNode> passing = new LinkedHashMap<>();
    after.members().stream()
        .filter(member -> member.createdAt().equals(Instant.MAX))
        .filter(member -> !staying.contains(member.name()))
        .forEach(member -> passing.put(member.name(), member.definition()));
    return passing;
  }

  /** What all rounds together leave, without playing each: a group may be large. */
  private static GroupState afterRounds(GroupState present, ObjectNode properties) {
    JsonNode definition = definition(properties);
    Batches batches = batches(properties);
    List<Member> renewed = new ArrayList<>();
    Deque<Member> outdated = new ArrayDeque<>();
    present.members().stream()
        .sorted(oldest())
        .forEach(
            member -> (member.definition().equals(definition) ? renewed : outdated).add(member));
    MemberNames names = new MemberNames(present.names());
    int current = present.members().size();
    while (!outdated.isEmpty()) {
      Batches.Batch batch = batches.next(capacity(present), current, renewed.size()).orElseThrow();
      for (int i = batch.capacity(); i < current; i++) {
        outdated.removeFirst();
      }
      int made = Math.max(batch.capacity() - current, 0);
      for (int i = made; i < batch.renewed() && !outdated.isEmpty(); i++) {
        renewed.add(outdated.removeFirst());
      }
      for (int i = 0; i < made; i++) {
        renewed.add(new Member(names.next(), definition, Instant.MAX, false));
      }
      current = batch.capacity();
    }
    return new GroupState(renewed, present.memory(), present.named(), present.creating());
  }

  /** The order in which members go; those that are new since the update began go last. */
  private static Comparator<Member> leaving(GroupState present) {
    JsonNode order = present.memory().path(LEAVING);
    if (order.isMissingNode()) {
      return oldest();
    }
    Map<String, Integer> places = new HashMap<>();
    order.forEach(name -> places.put(name.stringValue(), places.size()));
    return Comparator.comparing(
            (Member member) -> places.getOrDefault(member.name(), Integer.MAX_VALUE))
        .thenComparing(Member::name);
  }

  /** All that are there, however large the group was meant to be at first. */
  @Override
  public Map<String, JsonNode> adopted(
      GroupState present, ObjectNode properties, ResourceFacade facade) {
    return resized(present, properties, present.members().size());
  }

  /** The members of a group of another size; the oldest go first. */
  static Map<String, JsonNode> resized(GroupState present, ObjectNode properties, int size) {
    return resized(present, properties, size, oldest());
  }

  private static Map<String, JsonNode> resized(
      GroupState present, ObjectNode properties, int size, Comparator<Member> leaving) {
    JsonNode definition = definition(properties);
    Map<String, JsonNode> members = new LinkedHashMap<>();
    present.members().stream()
        .sorted(leaving)
        .skip(Math.max(present.members().size() - size, 0))
        .sorted(oldest())
        .forEach(member -> members.put(member.name(), definition));
    MemberNames names = new MemberNames(present.names());
    while (members.size() < size) {
      members.put(names.next(), definition);
    }
    return members;
  }

  private static JsonNode definition(ObjectNode properties) {
    return MemberTemplate.normal(properties.path(RESOURCE));
  }

  private static Comparator<Member> oldest() {
    return Comparator.comparing((Member member) -> !member.failed())
        .thenComparing(Member::createdAt)
        .thenComparing(Member::name);
  }

  @Override
  public Optional<Round> next(GroupState present, ObjectNode properties, ResourceFacade facade) {
    JsonNode definition = definition(properties);
    Batches batches = batches(properties);
    int upToDate = upToDate(present, definition);
    if (upToDate == present.members().size()) {
      return Optional.empty();
    }
    List<Member> order = new ArrayList<>(present.members());
    // What is new already stays longest, so that every round leads nearer to the end.
    order.sort(
        Comparator.comparing((Member member) -> member.definition().equals(definition))
            .thenComparing(oldest()));
    MemberNames names = new MemberNames(present.names());
    return batches
        .next(capacity(present), present.members().size(), upToDate)
        .map(
            batch ->
                new Round(
                    Succession.after(batch, order, names::next, name -> definition),
                    batches.pause()));
  }

  private static int upToDate(GroupState present, JsonNode definition) {
    return (int)
        present.members().stream().filter(member -> member.definition().equals(definition)).count();
  }

  private static Batches batches(ObjectNode properties) {
    return Batches.of(properties.path(ROLLING_UPDATES));
  }

  @Override
  public Duration pauses(GroupState present, ObjectNode properties, ResourceFacade facade) {
    int upToDate = upToDate(present, definition(properties));
    return upToDate == present.members().size()
        ? Duration.ZERO
        : batches(properties).pauses(capacity(present), present.members().size(), upToDate);
  }

  @Override
  public List<String> origin(List<String> inside) {
    List<String> path = new ArrayList<>(List.of(RESOURCE));
    path.addAll(inside.subList(Math.min(2, inside.size()), inside.size()));
    return path;
  }

  @Override
  public Optional<JsonNode> attribute(MemberView members, String name, List<JsonNode> path) {
    return switch (name) {
      case "outputs" -> Optional.of(members.attributesByName(path));
      case "outputs_list" ->
          Optional.of(
              path.isEmpty() || !path.getFirst().isString()
                  ? JSON.nullNode()
                  : members.attributes(
                      path.getFirst().stringValue(), path.subList(1, path.size())));
      case "current_size" -> Optional.of(JSON.numberNode(members.names().size()));
      case "refs" -> Optional.of(ResourceView.inside(members.references(), path));
      case "refs_map" -> Optional.of(ResourceView.inside(members.referencesByName(), path));
      default -> Optional.of(JSON.nullNode());
    };
  }
}
