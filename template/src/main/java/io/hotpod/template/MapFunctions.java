package io.hotpod.template;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The functions that work on maps. */
final class MapFunctions {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String NOT_MAPS =
      "Incorrect arguments: to \"map_replace\", arguments must be a list of maps";

  private MapFunctions() {}

  /** {@code map_merge: [map, …]}: of equal keys the last counts, at the place of the first. */
  static JsonNode merge(JsonNode argument, PlainFunction.Call call) throws FunctionException {
    ObjectNode merged = NODES.objectNode();
    for (JsonNode map : argument) {
      if (map.isNull()) {
        continue;
      }
      if (!map.isObject()) {
        throw new FunctionException("Incorrect arguments: Items to merge must be maps.");
      }
      call.charge().accept(map.size());
      map.properties().forEach(entry -> merged.set(entry.getKey(), entry.getValue()));
    }
    return merged;
  }

  /** {@code map_replace: [map, {keys: map, values: map}]}. */
  static JsonNode replace(JsonNode argument, PlainFunction.Call call) throws FunctionException {
    JsonNode map = map(argument.get(0));
    JsonNode replacements = map(argument.get(1));
    for (String key : replacements.propertyNames()) {
      if (!List.of("keys", "values").contains(key)) {
        throw new FunctionException("\"map_replace\" takes keys and values, not \"" + key + "\"");
      }
    }
    JsonNode keys = map(replacements.path("keys"));
    JsonNode values = map(replacements.path("values"));
    call.charge().accept(map.size());
    ObjectNode replaced = NODES.objectNode();
    for (Map.Entry<String, JsonNode> entry : map.properties()) {
      String key = newKey(entry.getKey(), keys, map);
      if (replaced.has(key)) {
        throw new FunctionException(
            "key replacement " + key + " collides with a key in the output map");
      }
      replaced.set(key, newValue(entry.getValue(), values));
    }
    return replaced;
  }

  private static String newKey(String key, JsonNode keys, JsonNode map) throws FunctionException {
    JsonNode replacement = keys.path(key);
    if (replacement.isNull() || replacement.isMissingNode()) {
      return key;
    }
    if (replacement.isContainer()) {
      throw new FunctionException(
          "key replacement for " + key + " must be a string, not " + Resolver.kind(replacement));
    }
    // Where a key is text, Heat's JSON writes a boolean small.
    String text = replacement.isBoolean() ? replacement.asString() : PythonText.str(replacement);
    if (!text.equals(key) && map.has(text)) {
      throw new FunctionException(
          "key replacement " + text + " collides with a key in the input map");
    }
    return text;
  }

  /** Texts only: the keys of the replacements are texts, and a number does not equal one. */
  private static JsonNode newValue(JsonNode value, JsonNode values) {
    return value.isString() && values.has(value.stringValue())
        ? values.get(value.stringValue())
        : value;
  }

  private static JsonNode map(JsonNode value) throws FunctionException {
    if (value.isNull() || value.isMissingNode()) {
      return NODES.objectNode();
    }
    if (!value.isObject()) {
      throw new FunctionException(NOT_MAPS + ", not " + Resolver.kind(value));
    }
    return value;
  }
}
