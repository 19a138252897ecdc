package io.hotpod.template.analysis;

import io.hotpod.template.Expression;
import java.util.Optional;

/** The names that {@code get_param} names. */
final class ParameterNames {
  private ParameterNames() {}

  /** The name, when it is written out and does not come out of a function. */
  static Optional<String> of(Expression.GetParam call) {
    Expression first =
        call.argument() instanceof Expression.ListExpression list && !list.items().isEmpty()
            ? list.items().getFirst()
            : call.argument();
    return first instanceof Expression.Literal literal && literal.value().isString()
        ? Optional.of(literal.value().stringValue())
        : Optional.empty();
  }
}
