package io.hotpod.document;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Makes nodes of plain values. */
public final class Nodes {
  private static final BigInteger SMALLEST_LONG = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger LARGEST_LONG = BigInteger.valueOf(Long.MAX_VALUE);

  private Nodes() {}

  /** A node without places, for a value that did not come from a text. */
  public static Node of(JsonNode value) {
    if (value.isObject()) {
      List<MappingNode.Entry> entries = new ArrayList<>(value.size());
      value
          .propertyStream()
          .forEach(
              entry ->
                  entries.add(
                      new MappingNode.Entry(
                          entry.getKey(), Optional.empty(), of(entry.getValue()))));
      return new MappingNode(entries, Optional.empty());
    }
    if (value.isArray()) {
      List<Node> items = new ArrayList<>(value.size());
      value.forEach(item -> items.add(of(item)));
      return new SequenceNode(items, Optional.empty());
    }
    String text = value.isNull() ? "null" : value.asString();
    return new ScalarNode(value, text, Optional.empty());
  }

  /** The narrowest number node, as Jackson's own parser chooses it, so that equal numbers equal. */
  static JsonNode number(BigInteger value) {
    if (value.compareTo(SMALLEST_LONG) < 0 || value.compareTo(LARGEST_LONG) > 0) {
      return JsonNodeFactory.instance.numberNode(value);
    }
    long number = value.longValueExact();
    return number == (int) number
        ? JsonNodeFactory.instance.numberNode((int) number)
        : JsonNodeFactory.instance.numberNode(number);
  }
}
