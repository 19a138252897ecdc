package io.hotpod.document;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A list. */
public record SequenceNode(List<Node> items, Optional<Location> location) implements Node {
  public SequenceNode {
    items = List.copyOf(items);
    requireNonNull(location, "location is null");
  }

  @Override
  public ArrayNode toJson() {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    items.forEach(item -> array.add(item.toJson()));
    return array;
  }

  @Override
  public String kind() {
    return "a list";
  }
}
