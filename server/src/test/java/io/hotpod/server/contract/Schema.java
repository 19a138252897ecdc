package io.hotpod.server.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** As much of JSON Schema as the API's description uses; any other word of it is a mistake. */
final class Schema {
  private static final Set<String> WORDS =
      Set.of(
          "type",
          "properties",
          "required",
          "items",
          "additionalProperties",
          "enum",
          "allOf",
          "$ref",
          "description");

  private final JsonNode document;
  private final List<String> problems = new ArrayList<>();

  private Schema(JsonNode document) {
    this.document = document;
  }

  /**
   * What is wrong with a value, each with its place.
   *
   * @param document that references are of
   */
  static List<String> problems(JsonNode document, JsonNode schema, JsonNode value) {
    Schema checking = new Schema(document);
    checking.check("", schema, value);
    return checking.problems;
  }

  private void check(String place, JsonNode schema, JsonNode value) {
    for (String word : schema.propertyNames()) {
      require(WORDS.contains(word), place, "the schema has the unknown word " + word);
    }
    if (schema.has("$ref")) {
      JsonNode target = document.at(schema.path("$ref").asString("").substring(1));
      require(!target.isMissingNode(), place, "there is no " + schema.path("$ref"));
      check(place, target, value);
    }
    schema.path("allOf").valueStream().forEach(each -> check(place, each, value));
    checkKind(place, schema, value);
    for (JsonNode name : schema.path("required")) {
      require(value.has(name.asString("")), place, name + " is missing");
    }
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      JsonNode known = schema.path("properties").path(entry.getKey());
      JsonNode others = known.isMissingNode() ? schema.path("additionalProperties") : known;
      if (others.isObject()) {
        check(place + "/" + entry.getKey(), others, entry.getValue());
      }
    }
    if (value.isArray() && schema.has("items")) {
      value.valueStream().forEach(item -> check(place + "/*", schema.path("items"), item));
    }
  }

  private void checkKind(String place, JsonNode schema, JsonNode value) {
    JsonNode type = schema.path("type");
    if (!type.isMissingNode()) {
      Stream<JsonNode> kinds = type.isArray() ? type.valueStream() : Stream.of(type);
      require(
          kinds.anyMatch(kind -> is(kind.asString(""), value)),
          place,
          "wanted %s, found %s".formatted(type, value));
    }
    if (schema.has("enum")) {
      require(
          schema.path("enum").valueStream().anyMatch(value::equals),
          place,
          value + " is not among " + schema.path("enum"));
    }
  }

  private static boolean is(String kind, JsonNode value) {
    return switch (kind) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isString();
      case "integer" -> value.isIntegralNumber();
      case "boolean" -> value.isBoolean();
      case "null" -> value.isNull();
      default -> false;
    };
  }

  private void require(boolean fits, String place, String words) {
    if (!fits) {
      problems.add(place + ": " + words);
    }
  }
}
