package io.hotpod.document;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A string, number, boolean or null.
 *
 * @param value what the text resolves to by the rules of YAML 1.1, or of JSON
 * @param text as it was written, without quotes; for a node made from a value, its plain form
 */
public record ScalarNode(JsonNode value, String text, Optional<Location> location) implements Node {
  public ScalarNode {
    requireNonNull(value, "value is null");
    requireNonNull(text, "text is null");
    requireNonNull(location, "location is null");
    if (value.isContainer()) {
      throw new IllegalArgumentException("a scalar cannot hold " + value.getNodeType());
    }
  }

  @Override
  public JsonNode toJson() {
    return value;
  }

  @Override
  public String kind() {
    return switch (value.getNodeType()) {
      case STRING -> "a string";
      case NUMBER -> "a number";
      case BOOLEAN -> "a boolean";
      case NULL -> "null";
      case ARRAY, BINARY, MISSING, OBJECT, POJO -> "a value";
    };
  }
}
