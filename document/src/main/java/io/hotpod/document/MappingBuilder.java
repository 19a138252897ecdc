package io.hotpod.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Collects the entries of one map. Merged entries stand before the map's own, which override them;
 * of several merged maps of one list the earlier one wins, of several lists the later: PyYAML's
 * order.
 */
final class MappingBuilder {
  private final Budget budget;
  private final Map<String, MappingNode.Entry> own = new LinkedHashMap<>();
  private final Map<String, Location> places = new HashMap<>();
  private final RepeatedKeys repeatedKeys;
  private final List<MappingNode> merged = new ArrayList<>();

  MappingBuilder(Budget budget, RepeatedKeys repeatedKeys) {
    this.budget = budget;
    this.repeatedKeys = repeatedKeys;
  }

  /**
   * Claims a key; a second claim names the first.
   *
   * @return whether its value counts
   */
  boolean claim(String key, Location location) {
    Location first = places.putIfAbsent(key, location);
    if (first == null) {
      return true;
    }
    String message = "the key \"" + key + "\" was already given at " + first;
    return switch (repeatedKeys) {
      case REFUSE -> {
        budget.note(location, message);
        yield false;
      }
      case LAST_COUNTS -> {
        budget.warn(location, message + "; this one counts");
        yield true;
      }
    };
  }

  void put(String key, Location location, Node value) {
    own.put(key, new MappingNode.Entry(key, Optional.of(location), value));
  }

  void merge(Node value, Location location) {
    switch (value) {
      case MappingNode mapping -> merged.add(mapping);
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
        merged.addAll(mappings.reversed());
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
    for (MappingNode mapping : merged) {
      mapping.entries().forEach(entry -> all.put(entry.key(), entry));
    }
    all.putAll(own);
    return new MappingNode(List.copyOf(all.values()), Optional.of(location));
  }
}
