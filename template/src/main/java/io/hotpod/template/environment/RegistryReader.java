package io.hotpod.template.environment;

import io.hotpod.document.MappingNode;
import io.hotpod.document.Node;
import io.hotpod.document.Problem;
import io.hotpod.document.ScalarNode;
import io.hotpod.document.SequenceNode;
import io.hotpod.document.Suggestions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads {@code resource_registry} sections on top of each other. For one registry. */
final class RegistryReader {
  static final String RESOURCES = "resources";
  private static final String HOOKS = "hooks";
  private static final String RESTRICTED = "restricted_actions";

  private final List<Problem> problems;

  /**
   * @param problems takes what is wrong
   */
  RegistryReader(List<Problem> problems) {
    this.problems = problems;
  }

  /** What there was, with the entries of a section put in or taken out, in its order. */
  ResourceRegistry read(ResourceRegistry before, MappingNode section) {
    return new ResourceRegistry(group(before.root(), section, List.of("resource_registry")));
  }

  private RegistryEntry.Group group(
      RegistryEntry.Group before, MappingNode section, List<String> path) {
    Map<String, RegistryEntry> entries = new LinkedHashMap<>(before.entries());
    for (MappingNode.Entry each : section.entries()) {
      List<String> inside = new ArrayList<>(path);
      inside.add(each.key());
      // Hooks and restrictions are of resources; a type of that name would be a mapping.
      boolean ofResource = path.size() > 2;
      if (each.value() instanceof ScalarNode scalar && scalar.value().isNull()) {
        remove(entries, each.key());
      } else if (ofResource && each.key().equals(HOOKS)) {
        entries.put(
            each.key(),
            new RegistryEntry.Hooks(words(each.value(), inside, Hook::of, Hook.keywords())));
      } else if (ofResource && each.key().equals(RESTRICTED)) {
        entries.put(
            each.key(),
            new RegistryEntry.Restricted(
                words(each.value(), inside, RestrictedAction::of, RestrictedAction.keywords())));
      } else if (each.value() instanceof MappingNode map) {
        RegistryEntry present = entries.get(each.key());
        entries.put(
            each.key(),
            group(
                present instanceof RegistryEntry.Group group ? group : RegistryEntry.Group.EMPTY,
                map,
                inside));
      } else if (each.value() instanceof ScalarNode scalar && scalar.value().isString()) {
        entries.put(each.key(), new RegistryEntry.Target(scalar.text(), each.value().location()));
      } else {
        problem(
            each.value(),
            inside,
            "a type is mapped to another type, to a template or to null, not to "
                + each.value().kind(),
            Optional.empty());
      }
    }
    return new RegistryEntry.Group(entries);
  }

  /** Takes one entry out, or with an asterisk all mappings that begin so. */
  private static void remove(Map<String, RegistryEntry> entries, String key) {
    if (key.endsWith("*")) {
      String prefix = key.substring(0, key.length() - 1);
      entries
          .entrySet()
          .removeIf(
              entry ->
                  entry.getValue() instanceof RegistryEntry.Target
                      && entry.getKey().startsWith(prefix));
    } else {
      entries.remove(key);
    }
  }

  private <T> Set<T> words(
      Node value, List<String> path, Function<String, Optional<T>> known, List<String> keywords) {
    List<Node> items = value instanceof SequenceNode list ? list.items() : List.of(value);
    Set<T> words = new LinkedHashSet<>();
    for (Node item : items) {
      String text = item instanceof ScalarNode scalar ? scalar.text() : item.kind();
      Optional<T> word = item instanceof ScalarNode ? known.apply(text) : Optional.empty();
      word.ifPresent(words::add);
      if (word.isEmpty()) {
        problem(
            item,
            path,
            path.getLast().equals(HOOKS)
                ? "Invalid hook type \"%s\" for resource breakpoint, acceptable hook types are: %s"
                    .formatted(text, keywords)
                : "Invalid restricted_action type \"%s\" for resource, acceptable restricted_action types are: %s"
                    .formatted(text, keywords),
            Suggestions.advice(text, keywords));
      }
    }
    return words;
  }

  private void problem(Node node, List<String> path, String message, Optional<String> advice) {
    problems.add(new Problem(node.location(), String.join(".", path), message, advice));
  }
}
