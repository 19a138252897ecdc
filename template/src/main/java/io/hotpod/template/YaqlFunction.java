package io.hotpod.template;

import io.hotpod.template.yaql.Yaql;
import io.hotpod.template.yaql.YaqlException;
import io.hotpod.template.yaql.YaqlExpression;
import io.hotpod.template.yaql.YaqlLimits;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code yaql}: the result of an expression over data. */
final class YaqlFunction {
  private YaqlFunction() {}

  /** {@code yaql: {expression: text, data: anything}}; without data it is an empty map. */
  static JsonNode evaluate(JsonNode argument, PlainFunction.Call call) throws FunctionException {
    JsonNode given = argument.path("data");
    JsonNode data = given.isMissingNode() ? JsonNodeFactory.instance.objectNode() : given;
    YaqlExpression expression = parse(argument.path("expression"));
    YaqlLimits limits = call.work().yaqlLimits();
    try {
      JsonNode result = expression.evaluate(data, limits, call.work()::spentOnYaql);
      call.charge().accept(ValueBudget.size(result));
      return result;
    } catch (YaqlException refused) {
      if (limits.steps() < YaqlLimits.STANDARD.steps()) {
        // It may have had too little left; then that is what is wrong.
        call.charge().accept(0);
      }
      throw new FunctionException(
          "the yaql expression fails at position %d: %s"
              .formatted(refused.position(), refused.getMessage()));
    }
  }

  /** Refuses an expression that is written out and cannot be read. */
  static void check(Expression argument) throws FunctionException {
    if (argument instanceof Expression.MapExpression map
        && map.get("expression").orElse(argument) instanceof Expression.Literal written) {
      parse(written.value());
    }
  }

  private static YaqlExpression parse(JsonNode expression) throws FunctionException {
    if (!expression.isString()) {
      throw new FunctionException("The \"expression\" argument to yaql must contain a string.");
    }
    try {
      return Yaql.parse(expression.stringValue());
    } catch (YaqlException refused) {
      throw new FunctionException(
          "Bad expression at position %d: %s".formatted(refused.position(), refused.getMessage()));
    }
  }
}
