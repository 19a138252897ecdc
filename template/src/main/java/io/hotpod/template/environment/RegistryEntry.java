package io.hotpod.template.environment;

import io.hotpod.document.Location;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One entry of a registry. Immutable. */
sealed interface RegistryEntry {
  JsonNode toJson();

  /** What a type stands for: another type, a template, or with an asterisk a group of types. */
  record Target(String value, Optional<Location> location) implements RegistryEntry {
    @Override
    public JsonNode toJson() {
      return JsonNodeFactory.instance.stringNode(value);
    }
  }

  /** What holds for one resource, or for the resources inside it. */
  record Group(Map<String, RegistryEntry> entries) implements RegistryEntry {
    static final Group EMPTY = new Group(Map.of());

    public Group {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    Optional<Target> target(String type) {
      return Optional.ofNullable(entries.get(type))
          .filter(Target.class::isInstance)
          .map(Target.class::cast);
    }

    Optional<Group> group(String name) {
      return Optional.ofNullable(entries.get(name))
          .filter(Group.class::isInstance)
          .map(Group.class::cast);
    }

    @Override
    public ObjectNode toJson() {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      entries.forEach((name, entry) -> object.set(name, entry.toJson()));
      return object;
    }
  }

  /** Breakpoints of a resource. */
  record Hooks(Set<Hook> hooks) implements RegistryEntry {
    public Hooks {
      hooks = Set.copyOf(hooks);
    }

    @Override
    public JsonNode toJson() {
      return words(hooks.stream().sorted().map(Hook::keyword).toList());
    }
  }

  /** What an update may not do to a resource. */
  record Restricted(Set<RestrictedAction> actions) implements RegistryEntry {
    public Restricted {
      actions = Set.copyOf(actions);
    }

    @Override
    public JsonNode toJson() {
      return words(actions.stream().sorted().map(RestrictedAction::keyword).toList());
    }
  }

  private static ArrayNode words(List<String> words) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    words.forEach(array::add);
    return array;
  }
}
