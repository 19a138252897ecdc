package io.hotpod.document;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A map, in the order of the text.
 *
 * @param entries keys are unique
 */
public record MappingNode(List<Entry> entries, Optional<Location> location) implements Node {
  public MappingNode {
    entries = List.copyOf(entries);
    requireNonNull(location, "location is null");
  }

  /**
   * One key and its value.
   *
   * @param key always read as text, whatever YAML would make of it
   * @param keyLocation where the key stands
   */
  public record Entry(String key, Optional<Location> keyLocation, Node value) {
    public Entry {
      requireNonNull(key, "key is null");
      requireNonNull(keyLocation, "keyLocation is null");
      requireNonNull(value, "value is null");
    }
  }

  /** The value of a key. */
  public Optional<Node> get(String key) {
    return entry(key).map(Entry::value);
  }

  /** The entry of a key. */
  public Optional<Entry> entry(String key) {
    for (Entry entry : entries) {
      if (entry.key().equals(key)) {
        return Optional.of(entry);
      }
    }
    return Optional.empty();
  }

  @Override
  public ObjectNode toJson() {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    entries.forEach(entry -> object.set(entry.key(), entry.value().toJson()));
    return object;
  }

  @Override
  public String kind() {
    return "a map";
  }
}
