package io.hotpod.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Collects the entries of one map. Merged entries stand before the map's own, which override them;
 * of several merged maps the earlier one wins: PyYAML's order.
 */
final class MappingBuilder {
  private final Budget budget;
  private final Map<String, MappingNode.Entry> own = new LinkedHashMap<>();
  private final Map<String, Location> places = new HashMap<>();
  private List<MappingNode> merged = List.of();

  MappingBuilder(Budget budget) {
    this.budget = budget;
  }

  /** Claims a key; a second claim is a problem that names the first. */
  boolean claim(String key, Location location) {
    Location first = places.putIfAbsent(key, location);
    if (first != null) {
      budget.note(location, "the key \"" + key + "\" was already given at " + first);
    }
    return first == null;
  }

  void put(String key, Location location, Node value) {
    own.put(key, new MappingNode.Entry(key, Optional.of(location), value));
  }

  void merge(Node value, Location location) {
    switch (value) {
      case MappingNode mapping -> merged = List.of(mapping);
      case SequenceNode sequence -> {
        List<MappingNode> mappings = new ArrayList<>();
        for (Node item : sequence.items()) {
          if (item instanceof MappingNode mapping) {
            mappings.add(mapping);
          } else {
            budget.note(
                item.location().orElse(location),
                "<< merges maps, but this item of its list is " + item.kind());
          }
        }
        merged = mappings;
      }
      case ScalarNode scalar ->
          budget.note(
              scalar.location().orElse(location),
              "<< merges a map or a list of maps, but this is " + scalar.kind());
    }
  }

  MappingNode build(Location location) {
    if (merged.isEmpty()) {
      return new MappingNode(List.copyOf(own.values()), Optional.of(location));
    }
    Map<String, MappingNode.Entry> all = new LinkedHashMap<>();
    for (MappingNode mapping : merged.reversed()) {
      mapping.entries().forEach(entry -> all.put(entry.key(), entry));
    }
    all.putAll(own);
    return new MappingNode(List.copyOf(all.values()), Optional.of(location));
  }
}
