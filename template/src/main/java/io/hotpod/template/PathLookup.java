package io.hotpod.template;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Follows a path into a value by Python's rules: negative indices count from the end. */
final class PathLookup {
  private PathLookup() {}

  /**
   * The value at the end of a path; empty when a step leads nowhere.
   *
   * @param indicesAsText whether a text that reads as an integer is an index of a list
   */
  static Optional<JsonNode> find(JsonNode value, List<JsonNode> path, boolean indicesAsText) {
    Optional<JsonNode> current = Optional.of(value);
    for (JsonNode step : path) {
      current = current.flatMap(node -> step(node, step, indicesAsText));
    }
    return current;
  }

  private static Optional<JsonNode> step(JsonNode value, JsonNode step, boolean indicesAsText) {
    if (value.isObject()) {
      return step.isString()
          ? Optional.ofNullable(value.get(step.stringValue()))
          : Optional.empty();
    }
    Optional<Integer> index = index(step, indicesAsText);
    if (index.isEmpty()) {
      return Optional.empty();
    }
    if (value.isArray()) {
      return position(index.orElseThrow(), value.size()).map(value::get);
    }
    if (value.isString()) {
      String text = value.stringValue();
      return position(index.orElseThrow(), text.codePointCount(0, text.length()))
          .map(
              position ->
                  JsonNodeFactory.instance.stringNode(
                      Character.toString(text.codePointAt(text.offsetByCodePoints(0, position)))));
    }
    return Optional.empty();
  }

  private static Optional<Integer> position(int index, int size) {
    int position = index < 0 ? size + index : index;
    return position >= 0 && position < size ? Optional.of(position) : Optional.empty();
  }

  private static Optional<Integer> index(JsonNode step, boolean indicesAsText) {
    if (step.canConvertToInt() && step.isIntegralNumber()) {
      return Optional.of(step.intValue());
    }
    if (indicesAsText && step.isString()) {
      try {
        return Optional.of(Integer.valueOf(step.stringValue().strip()));
      } catch (NumberFormatException notAnIndex) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }
}
