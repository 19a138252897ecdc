package io.hotpod.pod.manifest;

import io.hotpod.document.Location;
import io.hotpod.document.MappingNode;
import io.hotpod.document.Node;
import io.hotpod.document.ScalarNode;
import io.hotpod.document.SequenceNode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A node of a manifest together with its path. Its readers give what is there in the wanted type
 * and nothing otherwise: a value of another type is the business of {@link StructureCheck}.
 *
 * @param name of the field; of the list for its items
 * @param key where the key of this node stands; the node's own place when it has none
 * @param paths paths of nodes that stood elsewhere in the text than in the v1 shape, by identity
 */
record Cursor(
    String name,
    Node node,
    String path,
    Optional<Location> key,
    IdentityHashMap<Node, String> paths) {
  static Cursor root(Node node, IdentityHashMap<Node, String> paths) {
    return new Cursor("", node, paths.getOrDefault(node, ""), node.location(), paths);
  }

  /** The fields that are there, null ones too. */
  List<Cursor> fields() {
    if (!(node instanceof MappingNode mapping)) {
      return List.of();
    }
    return mapping.entries().stream().map(this::child).toList();
  }

  /** A field that is there and not null. */
  Optional<Cursor> field(String name) {
    if (!(node instanceof MappingNode mapping)) {
      return Optional.empty();
    }
    return mapping.entry(name).map(this::child).filter(cursor -> !cursor.isNull());
  }

  /** The items of a list. */
  List<Cursor> items() {
    if (!(node instanceof SequenceNode sequence)) {
      return List.of();
    }
    List<Cursor> items = new ArrayList<>();
    for (int index = 0; index < sequence.items().size(); index++) {
      Node item = sequence.items().get(index);
      String itemPath = paths.getOrDefault(item, path + "[" + index + "]");
      items.add(new Cursor(name, item, itemPath, item.location(), paths));
    }
    return items;
  }

  /** The items of a list field. */
  List<Cursor> items(String name) {
    return field(name).map(Cursor::items).orElse(List.of());
  }

  /** A string that is not empty. */
  Optional<String> text() {
    return value().filter(JsonNode::isString).map(JsonNode::stringValue).filter(s -> !s.isEmpty());
  }

  /** A string field that is not empty. */
  Optional<String> text(String name) {
    return field(name).flatMap(Cursor::text);
  }

  /** A whole number that fits. */
  Optional<Long> whole() {
    return value().filter(Cursor::isWhole).map(JsonNode::longValue);
  }

  /** A whole number field that fits. */
  Optional<Long> whole(String name) {
    return field(name).flatMap(Cursor::whole);
  }

  /** Whether a field is given as true. */
  boolean flag(String name) {
    return field(name)
        .flatMap(Cursor::value)
        .filter(value -> value.isBoolean() && value.booleanValue())
        .isPresent();
  }

  /** The value of a scalar, null included. */
  Optional<JsonNode> value() {
    return node instanceof ScalarNode scalar ? Optional.of(scalar.value()) : Optional.empty();
  }

  /** The name as the text has it, which in the flat form may be another one. */
  String writtenName() {
    return path.isEmpty() ? name : path.substring(path.lastIndexOf('.') + 1);
  }

  boolean isNull() {
    return value().filter(JsonNode::isNull).isPresent();
  }

  private static boolean isWhole(JsonNode value) {
    return value.isIntegralNumber() && value.canConvertToLong();
  }

  private Cursor child(MappingNode.Entry entry) {
    String segment = path.isEmpty() ? entry.key() : path + "." + entry.key();
    return new Cursor(
        entry.key(),
        entry.value(),
        paths.getOrDefault(entry.value(), segment),
        entry.keyLocation().or(entry.value()::location),
        paths);
  }
}
