package io.hotpod.pod.manifest;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

/** Makes values of the declared type of an input, by the rules of Heat's parameters. */
final class InputValues {
  private static final JsonMapper MAPPER = JsonMapper.shared();
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?\\d{1,30}(\\.\\d{1,30})?([eE][+-]?\\d{1,2})?");
  private static final Set<String> TRUE = Set.of("t", "true", "on", "y", "yes", "1");
  private static final Set<String> FALSE = Set.of("f", "false", "off", "n", "no", "0");

  private InputValues() {}

  /** The value in its type; empty when it is not of that type. */
  static Optional<JsonNode> convert(JsonNode given, InputType type) {
    return switch (type) {
      case STRING ->
          given.isContainer() || given.isNull()
              ? Optional.empty()
              : Optional.of(StringNode.valueOf(given.asString()));
      case NUMBER -> number(given);
      case COMMA_DELIMITED_LIST -> list(given);
      case JSON -> json(given);
      case BOOLEAN -> flag(given);
    };
  }

  private static Optional<JsonNode> number(JsonNode given) {
    if (given.isNumber()) {
      return Optional.of(given);
    }
    if (!given.isString() || !NUMBER.matcher(given.stringValue().trim()).matches()) {
      return Optional.empty();
    }
    BigDecimal number = new BigDecimal(given.stringValue().trim());
    boolean whole = number.scale() <= 0 && number.precision() - number.scale() < 19;
    if (!whole) {
      return Optional.of(JsonNodeFactory.instance.numberNode(number));
    }
    // The narrowest node, as a JSON reader makes it, so that equal numbers are equal nodes.
    long value = number.longValue();
    return Optional.of(
        value == (int) value
            ? JsonNodeFactory.instance.numberNode((int) value)
            : JsonNodeFactory.instance.numberNode(value));
  }

  private static Optional<JsonNode> list(JsonNode given) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    if (given.isString()) {
      if (!given.stringValue().isEmpty()) {
        for (String item : given.stringValue().split(",", -1)) {
          list.add(item.trim());
        }
      }
      return Optional.of(list);
    }
    if (!given.isArray()) {
      return Optional.empty();
    }
    for (JsonNode item : given) {
      if (item.isContainer() || item.isNull()) {
        return Optional.empty();
      }
      list.add(item.asString());
    }
    return Optional.of(list);
  }

  private static Optional<JsonNode> json(JsonNode given) {
    if (given.isContainer()) {
      return Optional.of(given);
    }
    if (!given.isString()) {
      return Optional.empty();
    }
    try {
      JsonNode parsed = MAPPER.readTree(given.stringValue());
      return Optional.of(parsed).filter(JsonNode::isContainer);
    } catch (JacksonException notJson) {
      return Optional.empty();
    }
  }

  private static Optional<JsonNode> flag(JsonNode given) {
    if (given.isBoolean()) {
      return Optional.of(given);
    }
    String text = given.isContainer() ? "" : given.asString().trim().toLowerCase(Locale.ROOT);
    if (TRUE.contains(text)) {
      return Optional.of(BooleanNode.TRUE);
    }
    return FALSE.contains(text) ? Optional.of(BooleanNode.FALSE) : Optional.empty();
  }
}
