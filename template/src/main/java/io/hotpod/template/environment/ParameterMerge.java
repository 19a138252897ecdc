package io.hotpod.template.environment;

import io.hotpod.document.Nodes;
import io.hotpod.template.ParameterType;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Joins two values of a parameter by one strategy. Pure: neither value is changed. */
final class ParameterMerge {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final MergeStrategy strategy;

  ParameterMerge(MergeStrategy strategy) {
    this.strategy = strategy;
  }

  /**
   * The value that takes the place of both.
   *
   * @param before null when no earlier file has one
   */
  JsonNode merge(String name, ParameterType type, @Nullable JsonNode before, JsonNode after)
      throws UnmergeableException {
    if (strategy == MergeStrategy.OVERWRITE) {
      return after;
    }
    if (type == ParameterType.BOOLEAN) {
      throw new UnmergeableException(
          "Invalid merge strategy '%s' for parameter '%s'.".formatted(strategy.keyword(), name));
    }
    if (before == null || before.isNull()) {
      return after;
    }
    return switch (type) {
      case STRING -> text(before, after);
      case NUMBER -> sum(before, after);
      case COMMA_DELIMITED_LIST -> commaList(before, after);
      case JSON -> json(before, after);
      case BOOLEAN -> after;
    };
  }

  private static JsonNode text(JsonNode before, JsonNode after) throws UnmergeableException {
    requireBoth(before.isString() && after.isString(), before, after, "texts");
    return NODES.stringNode(before.stringValue() + after.stringValue());
  }

  private static JsonNode sum(JsonNode before, JsonNode after) throws UnmergeableException {
    requireBoth(before.isNumber() && after.isNumber(), before, after, "numbers");
    if (before.isIntegralNumber() && after.isIntegralNumber()) {
      BigDecimal sum = before.decimalValue().add(after.decimalValue());
      return sum.precision() > 18 ? NODES.numberNode(sum.toBigInteger()) : narrow(sum);
    }
    double sum = before.numberValue().doubleValue() + after.numberValue().doubleValue();
    if (!Double.isFinite(sum)) {
      throw new UnmergeableException("their sum is too large");
    }
    return NODES.numberNode(sum);
  }

  /** The narrowest node, so that equal numbers are equal nodes. */
  private static JsonNode narrow(BigDecimal sum) {
    long number = sum.longValueExact();
    return number == (int) number ? NODES.numberNode((int) number) : NODES.numberNode(number);
  }

  private static JsonNode commaList(JsonNode before, JsonNode after) throws UnmergeableException {
    if (isEmpty(before)) {
      return after;
    }
    if (before.isString() && after.isString()) {
      return NODES.stringNode(before.stringValue() + "," + after.stringValue());
    }
    return lists(items(before), items(after));
  }

  private static JsonNode items(JsonNode value) {
    if (!value.isString()) {
      return value;
    }
    ArrayNode items = NODES.arrayNode();
    if (!value.stringValue().isEmpty()) {
      for (String item : value.stringValue().split(",", -1)) {
        items.add(item);
      }
    }
    return items;
  }

  private JsonNode json(JsonNode before, JsonNode after) throws UnmergeableException {
    JsonNode left = parsed(before);
    JsonNode right = parsed(after);
    if (isEmpty(left)) {
      return right;
    }
    return left.isArray() && right.isArray() ? lists(left, right) : maps(left, right);
  }

  /** A json parameter may be written as text. */
  private static JsonNode parsed(JsonNode value) throws UnmergeableException {
    if (!value.isString() || value.stringValue().isBlank()) {
      return value;
    }
    try {
      return JsonMapper.shared().readTree(value.stringValue());
    } catch (JacksonException refused) {
      throw new UnmergeableException("Invalid parameter in environment: it is not valid JSON");
    }
  }

  private static JsonNode lists(JsonNode before, JsonNode after) throws UnmergeableException {
    requireBoth(before.isArray() && after.isArray(), before, after, "lists");
    ArrayNode items = NODES.arrayNode();
    before.forEach(items::add);
    after.forEach(items::add);
    return items;
  }

  private JsonNode maps(JsonNode before, JsonNode after) throws UnmergeableException {
    requireBoth(before.isObject() && after.isObject(), before, after, "maps");
    ObjectNode merged = NODES.objectNode();
    before.propertyStream().forEach(entry -> merged.set(entry.getKey(), entry.getValue()));
    for (Map.Entry<String, JsonNode> entry : after.properties()) {
      if (!entry.getValue().isNull()) {
        merged.set(entry.getKey(), inside(before.get(entry.getKey()), entry.getValue()));
      }
    }
    return merged;
  }

  /** What stands for one key of two maps. */
  private JsonNode inside(@Nullable JsonNode before, JsonNode after) throws UnmergeableException {
    if (strategy != MergeStrategy.DEEP_MERGE || before == null || isEmpty(before)) {
      return after;
    }
    if (after.isObject()) {
      return maps(before, after);
    }
    if (after.isArray()) {
      return lists(before, after);
    }
    return after.isString() ? text(before, after) : after;
  }

  /** What Python counts as false: there is nothing to join with. */
  private static boolean isEmpty(JsonNode value) {
    return switch (value.getNodeType()) {
      case NULL, MISSING -> true;
      case STRING -> value.stringValue().isEmpty();
      case ARRAY, OBJECT -> value.isEmpty();
      case BOOLEAN -> !value.booleanValue();
      case NUMBER -> value.decimalValue().signum() == 0;
      case BINARY, POJO -> false;
    };
  }

  private static void requireBoth(boolean fits, JsonNode before, JsonNode after, String what)
      throws UnmergeableException {
    if (!fits) {
      throw new UnmergeableException(
          "Invalid parameter in environment: only two %s can be joined, not %s and %s"
              .formatted(what, Nodes.of(before).kind(), Nodes.of(after).kind()));
    }
  }
}
