package io.hotpod.pod.manifest;

import io.hotpod.document.Location;
import io.hotpod.document.MappingNode;
import io.hotpod.document.Node;
import io.hotpod.document.ScalarNode;
import io.hotpod.document.SequenceNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Makes nodes that all stand at one place of the text: where a value was put in. */
final class Located {
  private Located() {}

  /** The nodes of a value. */
  static Node of(JsonNode value, Optional<Location> location) {
    if (value.isObject()) {
      List<MappingNode.Entry> entries = new ArrayList<>();
      value
          .propertyStream()
          .forEach(
              entry ->
                  entries.add(
                      new MappingNode.Entry(
                          entry.getKey(), location, of(entry.getValue(), location))));
      return new MappingNode(entries, location);
    }
    if (value.isArray()) {
      List<Node> items = new ArrayList<>();
      value.forEach(item -> items.add(of(item, location)));
      return new SequenceNode(items, location);
    }
    return new ScalarNode(value, value.isNull() ? "null" : value.asString(), location);
  }

  /** A string. */
  static Node text(String value, Optional<Location> location) {
    return new ScalarNode(StringNode.valueOf(value), value, location);
  }
}
