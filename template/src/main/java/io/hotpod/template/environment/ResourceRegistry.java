package io.hotpod.template.environment;

import io.hotpod.document.DocumentException;
import io.hotpod.document.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the types in templates stand for, for all resources or for some by name, and what else holds
 * for resources by name: breakpoints and restricted actions. Immutable.
 */
public final class ResourceRegistry {
  public static final ResourceRegistry EMPTY = new ResourceRegistry(RegistryEntry.Group.EMPTY);

  private final RegistryEntry.Group root;
  private final List<String> globs;

  ResourceRegistry(RegistryEntry.Group root) {
    this.root = root;
    this.globs =
        root.entries().keySet().stream()
            .filter(type -> type.endsWith("*"))
            .sorted(
                Comparator.comparingInt((String type) -> -type.length())
                    .thenComparing(Comparator.naturalOrder()))
            .toList();
  }

  RegistryEntry.Group root() {
    return root;
  }

  private RegistryEntry.Group resources() {
    return root.group(RegistryReader.RESOURCES).orElse(RegistryEntry.Group.EMPTY);
  }

  /**
   * What a type stands for. Entries for the resource go before those for all, exact ones before
   * those with an asterisk, longer prefixes before shorter ones; an entry that leads nowhere is
   * passed over.
   *
   * @param implemented whether the server has a type of that name
   * @return empty when it stands for nothing
   * @throws DocumentException when entries lead to each other in a circle, with the place of one
   */
  public Optional<MappedType> resolve(String type, String resource, Predicate<String> implemented) {
    return new RegistryLookup(root, globs, resource, implemented).resolve(type);
  }

  /** The mappings that lead back to themselves, one problem for each circle, with its place. */
  public List<Problem> problems() {
    RegistryCircles circles = new RegistryCircles(root);
    circles.look(RegistryEntry.Group.EMPTY);
    resources()
        .entries()
        .values()
        .forEach(
            entry -> {
              if (entry instanceof RegistryEntry.Group group) {
                circles.look(group);
              }
            });
    return circles.problems();
  }

  /**
   * What holds inside a resource: what is said of it alone, and of all that its name matches. Its
   * own breakpoints and restrictions are of the resource, and of nothing inside it.
   */
  ResourceRegistry within(String resource) {
    Map<String, RegistryEntry> inside = new LinkedHashMap<>();
    resources()
        .entries()
        .forEach(
            (pattern, entry) -> {
              if (entry instanceof RegistryEntry.Group group
                  && NamePattern.matches(pattern, resource)) {
                putInside(inside, group);
              }
            });
    resources().group(resource).ifPresent(group -> putInside(inside, group));
    Map<String, RegistryEntry> entries = new LinkedHashMap<>(root.entries());
    entries.put(RegistryReader.RESOURCES, new RegistryEntry.Group(inside));
    return new ResourceRegistry(new RegistryEntry.Group(entries));
  }

  private static void putInside(Map<String, RegistryEntry> inside, RegistryEntry.Group group) {
    group
        .entries()
        .forEach(
            (name, entry) -> {
              switch (entry) {
                case RegistryEntry.Target _, RegistryEntry.Group _ -> inside.put(name, entry);
                case RegistryEntry.Hooks _, RegistryEntry.Restricted _ -> {}
              }
            });
  }

  /** These entries with others on top, at every level. */
  ResourceRegistry with(ResourceRegistry later) {
    return new ResourceRegistry(with(root, later.root));
  }

  private static RegistryEntry.Group with(RegistryEntry.Group before, RegistryEntry.Group later) {
    Map<String, RegistryEntry> entries = new LinkedHashMap<>(before.entries());
    later
        .entries()
        .forEach(
            (name, entry) ->
                entries.merge(
                    name,
                    entry,
                    (old, next) ->
                        old instanceof RegistryEntry.Group one
                                && next instanceof RegistryEntry.Group two
                            ? with(one, two)
                            : next));
    return new RegistryEntry.Group(entries);
  }

  /** Without one entry; the same when it has no such entry. */
  ResourceRegistry without(List<String> path) {
    return new ResourceRegistry(without(root, path));
  }

  private static RegistryEntry.Group without(RegistryEntry.Group group, List<String> path) {
    Map<String, RegistryEntry> entries = new LinkedHashMap<>(group.entries());
    String first = path.getFirst();
    if (path.size() == 1) {
      entries.remove(first);
    } else {
      group
          .group(first)
          .ifPresent(inside -> entries.put(first, without(inside, path.subList(1, path.size()))));
    }
    return new RegistryEntry.Group(entries);
  }

  /** The breakpoints of a resource. */
  public Set<Hook> hooks(String resource) {
    Set<Hook> hooks = new TreeSet<>();
    matching(resource)
        .forEach(
            group -> {
              if (group.entries().get("hooks") instanceof RegistryEntry.Hooks found) {
                hooks.addAll(found.hooks());
              }
            });
    return hooks;
  }

  /** What an update may not do to a resource. */
  public Set<RestrictedAction> restrictedActions(String resource) {
    Set<RestrictedAction> actions = new TreeSet<>();
    matching(resource)
        .forEach(
            group -> {
              if (group.entries().get("restricted_actions")
                  instanceof RegistryEntry.Restricted found) {
                actions.addAll(found.actions());
              }
            });
    return actions;
  }

  private List<RegistryEntry.Group> matching(String resource) {
    List<RegistryEntry.Group> groups = new ArrayList<>();
    resources()
        .entries()
        .forEach(
            (pattern, entry) -> {
              if (entry instanceof RegistryEntry.Group group
                  && NamePattern.matches(pattern, resource)) {
                groups.add(group);
              }
            });
    return groups;
  }

  /** The types and templates that entries name, wherever they stand. */
  public Set<String> targets() {
    Set<String> targets = new TreeSet<>();
    collect(root, targets);
    return targets;
  }

  private static void collect(RegistryEntry.Group group, Set<String> targets) {
    for (RegistryEntry entry : group.entries().values()) {
      switch (entry) {
        case RegistryEntry.Target target -> targets.add(target.value());
        case RegistryEntry.Group inside -> collect(inside, targets);
        case RegistryEntry.Hooks _, RegistryEntry.Restricted _ -> {}
      }
    }
  }

  public boolean isEmpty() {
    return targets().isEmpty() && resources().entries().isEmpty();
  }

  /** As an environment writes it; {@code resources} is always there, as in Heat's answers. */
  public ObjectNode toJson() {
    ObjectNode object = root.toJson();
    if (!object.has(RegistryReader.RESOURCES)) {
      object.set(RegistryReader.RESOURCES, JsonNodeFactory.instance.objectNode());
    }
    return object;
  }

  /**
   * Same entries in the same order, which decides where several patterns match; where they came
   * from does not matter.
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof ResourceRegistry registry
        && toJson().toString().equals(registry.toJson().toString());
  }

  @Override
  public int hashCode() {
    return toJson().toString().hashCode();
  }

  @Override
  public String toString() {
    return "ResourceRegistry" + root.entries().keySet();
  }
}
