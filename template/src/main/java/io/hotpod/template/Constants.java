package io.hotpod.template;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Expressions without functions: their value is known while the template is read. */
final class Constants {
  private Constants() {}

  static boolean isConstant(Expression expression) {
    return switch (expression) {
      case Expression.Literal _ -> true;
      case Expression.ListExpression list -> list.items().stream().allMatch(Constants::isConstant);
      case Expression.MapExpression map -> map.parts().stream().allMatch(Constants::isConstant);
      case FunctionCall _ -> false;
    };
  }

  /**
   * The value.
   *
   * @throws IllegalArgumentException when a function is in it
   */
  static JsonNode value(Expression expression) {
    return switch (expression) {
      case Expression.Literal literal -> literal.value();
      case Expression.ListExpression list -> {
        ArrayNode items = JsonNodeFactory.instance.arrayNode(list.items().size());
        list.items().forEach(item -> items.add(value(item)));
        yield items;
      }
      case Expression.MapExpression map -> {
        ObjectNode entries = JsonNodeFactory.instance.objectNode();
        map.entries().forEach(entry -> entries.set(entry.key(), value(entry.value())));
        yield entries;
      }
      case FunctionCall call ->
          throw new IllegalArgumentException("not a constant: " + call.place());
    };
  }
}
