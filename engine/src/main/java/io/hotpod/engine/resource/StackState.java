package io.hotpod.engine.resource;

import io.hotpod.engine.secret.Redaction;
import io.hotpod.engine.stack.Action;
import io.hotpod.template.ResourceView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The resources of one stack while something works on them: which physical resource stands for
 * which name, and what expressions may know of them. Thread-safe.
 */
public final class StackState implements ResourceView {
  private final StackTypes types;
  private final Optional<Function<String, Redaction>> shown;
  private final Map<String, ResourceRecord> all = new ConcurrentHashMap<>();
  private final Map<String, String> current = new ConcurrentHashMap<>();

  /** Name to the ids of all its incarnations. */
  private final Map<String, Set<String>> incarnations = new ConcurrentHashMap<>();

  /**
   * @param records all incarnations
   * @param preferOlder where a name has several, the oldest stands for it; that is what a rollback
   *     wants
   */
  public StackState(StackTypes types, Collection<ResourceRecord> records, boolean preferOlder) {
    this(types, records, preferOlder, Optional.empty());
  }

  private StackState(
      StackTypes types,
      Collection<ResourceRecord> records,
      boolean preferOlder,
      Optional<Function<String, Redaction>> shown) {
    this.types = types;
    this.shown = shown;
    Comparator<ResourceRecord> order = Comparator.comparingInt(ResourceRecord::incarnation);
    List<ResourceRecord> worstFirst = new ArrayList<>(records);
    worstFirst.sort(
        Comparator.comparing(StackState::isGoing, Comparator.reverseOrder())
            .thenComparing(preferOlder ? order.reversed() : order));
    worstFirst.forEach(this::becomesCurrent);
  }

  /**
   * The resources as people see them, once and for all: nothing is to change this.
   *
   * @param hidden gives what a stack hides by its id
   */
  public static StackState shown(
      StackTypes types, Collection<ResourceRecord> records, Function<String, Redaction> hidden) {
    return new StackState(types, records, false, Optional.of(hidden));
  }

  private static boolean isGoing(ResourceRecord resource) {
    return resource.action() == Action.DELETE;
  }

  /** The physical resource that stands for a name. */
  public Optional<ResourceRecord> current(String name) {
    return Optional.ofNullable(current.get(name)).map(all::get);
  }

  /**
   * The number of the next physical resource of a name: after all that there are, whichever stands
   * for the name. In a rollback that is not the newest, and two of one number would have one token.
   */
  public int nextIncarnation(String name) {
    return 1
        + incarnations.getOrDefault(name, Set.of()).stream()
            .flatMap(id -> byId(id).stream())
            .mapToInt(ResourceRecord::incarnation)
            .max()
            .orElse(0);
  }

  /** One record for each name, in no order. */
  public List<ResourceRecord> currents() {
    return current.values().stream().map(all::get).toList();
  }

  /** Every physical resource. */
  public List<ResourceRecord> everything() {
    return List.copyOf(all.values());
  }

  /** A physical resource that is still there. */
  public Optional<ResourceRecord> byId(String id) {
    return Optional.ofNullable(all.get(id));
  }

  /** Whether a physical resource stands for its name. */
  public boolean isCurrent(ResourceRecord resource) {
    return resource.id().equals(current.get(resource.name()));
  }

  /** Takes in a new state of a known resource. */
  public void changed(ResourceRecord resource) {
    if (all.put(resource.id(), resource) == null) {
      incarnations
          .computeIfAbsent(resource.name(), name -> ConcurrentHashMap.newKeySet())
          .add(resource.id());
    }
  }

  /** Lets another physical resource stand for its name. */
  public void becomesCurrent(ResourceRecord resource) {
    changed(resource);
    current.put(resource.name(), resource.id());
  }

  /** Forgets a physical resource. */
  public void gone(ResourceRecord resource) {
    all.remove(resource.id());
    incarnations.getOrDefault(resource.name(), Set.of()).remove(resource.id());
    current.remove(resource.name(), resource.id());
  }

  /** What a resource depends on, directly or not; each once, nearest first. */
  public List<ResourceRecord> requirements(ResourceRecord resource) {
    Map<String, ResourceRecord> found = new LinkedHashMap<>();
    Set<String> seen = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(resource.requires());
    while (!open.isEmpty()) {
      String name = open.removeFirst();
      if (seen.add(name)) {
        current(name)
            .ifPresent(
                required -> {
                  found.put(name, required);
                  open.addAll(required.requires());
                });
      }
    }
    return List.copyOf(found.values());
  }

  @Override
  public Optional<JsonNode> referenceId(String resource) {
    return created(resource)
        .map(record -> type(record).referenceId(record))
        .map(JsonNodeFactory.instance::stringNode);
  }

  @Override
  public Optional<JsonNode> attribute(String resource, String attribute) {
    return attribute(resource, attribute, List.of());
  }

  @Override
  public Optional<JsonNode> attribute(String resource, String attribute, List<JsonNode> path) {
    return created(resource).flatMap(record -> attribute(record, attribute, path));
  }

  private Optional<JsonNode> attribute(
      ResourceRecord record, String attribute, List<JsonNode> path) {
    ResourceType type = type(record);
    return shown.isPresent()
        ? type.shownAttribute(record, attribute, path, () -> shown.get().apply(record.stackId()))
        : type.attribute(record, attribute, path);
  }

  @Override
  public Optional<JsonNode> attributes(String resource) {
    return created(resource)
        .map(
            record -> {
              ObjectNode attributes = JsonNodeFactory.instance.objectNode();
              type(record)
                  .attributeNames(record)
                  .forEach(
                      name ->
                          attributes.set(
                              name,
                              attribute(record, name, List.of())
                                  .orElse(JsonNodeFactory.instance.nullNode())));
              return attributes;
            });
  }

  private Optional<ResourceRecord> created(String name) {
    return current(name).filter(record -> record.physicalId().isPresent());
  }

  private ResourceType type(ResourceRecord resource) {
    return types.of(resource);
  }
}
