package io.hotpod.template;

import java.math.BigDecimal;
import java.util.Iterator;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Python's {@code ==}: deep, by value, with true and false equal to one and zero. */
final class PythonEquality {
  private PythonEquality() {}

  static boolean equal(JsonNode left, JsonNode right) {
    if (isNumeric(left) && isNumeric(right)) {
      return number(left).compareTo(number(right)) == 0;
    }
    if (left.isArray() && right.isArray()) {
      return left.size() == right.size() && equalItems(left, right);
    }
    if (left.isObject() && right.isObject()) {
      return left.size() == right.size() && equalEntries(left, right);
    }
    return left.equals(right);
  }

  private static boolean equalItems(JsonNode left, JsonNode right) {
    Iterator<JsonNode> others = right.iterator();
    for (JsonNode item : left) {
      if (!equal(item, others.next())) {
        return false;
      }
    }
    return true;
  }

  private static boolean equalEntries(JsonNode left, JsonNode right) {
    for (Map.Entry<String, JsonNode> entry : left.properties()) {
      JsonNode other = right.get(entry.getKey());
      if (other == null || !equal(entry.getValue(), other)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNumeric(JsonNode value) {
    return value.isNumber() || value.isBoolean();
  }

  private static BigDecimal number(JsonNode value) {
    if (value.isBoolean()) {
      return value.booleanValue() ? BigDecimal.ONE : BigDecimal.ZERO;
    }
    return value.isIntegralNumber()
        ? new BigDecimal(value.bigIntegerValue())
        : new BigDecimal(value.doubleValue());
  }
}
