package io.hotpod.template;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A value in a hash set, equal to another when Python's {@code ==} says so. */
record PythonKey(JsonNode value) {
  @Override
  public boolean equals(Object other) {
    return other instanceof PythonKey key && PythonEquality.equal(value, key.value);
  }

  @Override
  public int hashCode() {
    return hash(value);
  }

  private static int hash(JsonNode value) {
    return switch (value.getNodeType()) {
      // Numbers of different kinds may be equal, and equal ones have the same double.
      case NUMBER -> Double.hashCode(value.numberValue().doubleValue() + 0.0);
      case BOOLEAN -> Double.hashCode(value.booleanValue() ? 1 : 0);
      case STRING -> value.stringValue().hashCode();
      case ARRAY -> {
        int hash = 1;
        for (JsonNode item : value) {
          hash = 31 * hash + hash(item);
        }
        yield hash;
      }
      case OBJECT -> {
        int hash = 2;
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
          hash += entry.getKey().hashCode() ^ hash(entry.getValue());
        }
        yield hash;
      }
      case NULL, MISSING, BINARY, POJO -> 0;
    };
  }
}
