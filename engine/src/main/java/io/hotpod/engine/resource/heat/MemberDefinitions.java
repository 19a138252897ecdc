package io.hotpod.engine.resource.heat;

import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes definitions of members out of what a group says of them all. Pure. */
final class MemberDefinitions {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private MemberDefinitions() {}

  /** A map without its entries that are null. */
  static ObjectNode withoutNulls(JsonNode map) {
    ObjectNode kept = JSON.objectNode();
    map.propertyStream()
        .filter(entry -> !entry.getValue().isNull())
        .forEach(entry -> kept.set(entry.getKey(), entry.getValue()));
    return kept;
  }

  /** A value with all texts in it changed; keys stay. */
  static JsonNode texts(JsonNode value, UnaryOperator<String> change) {
    if (value.isString()) {
      return JSON.stringNode(change.apply(value.stringValue()));
    }
    if (value.isArray()) {
      ArrayNode items = JSON.arrayNode(value.size());
      value.forEach(item -> items.add(texts(item, change)));
      return items;
    }
    if (value.isObject()) {
      ObjectNode map = JSON.objectNode();
      value
          .propertyStream()
          .forEach(entry -> map.set(entry.getKey(), texts(entry.getValue(), change)));
      return map;
    }
    return value;
  }
}
