package io.hotpod.template.yaql;

import java.util.List;
import java.util.Optional;

/**
 * What {@code groupBy} makes of a group. The expression is given the values of the group; before
 * yaql 1.1.1 it was given key and values and answered both, and templates of that time still work:
 * when the first group shows that the expression does not take the values alone, it is used so.
 */
final class GroupAggregator {
  private final Optional<Value.Lambda> expression;
  private boolean mayFallBack = true;
  private Optional<YaqlException> firstFailure = Optional.empty();

  GroupAggregator(Optional<Value.Lambda> expression) {
    this.expression = expression;
  }

  Value apply(Value key, Value.Sequence values) {
    Value group = Value.Sequence.tuple(List.of(key, values));
    if (expression.isEmpty()) {
      return group;
    }
    if (firstFailure.isEmpty()) {
      try {
        Value result = expression.get().call(values);
        mayFallBack &= couldBeEither(values, result);
        return Value.Sequence.tuple(List.of(key, result));
      } catch (YaqlException failure) {
        if (!failure.isMismatch()) {
          throw failure;
        }
        firstFailure = Optional.of(failure);
      }
    }
    return mayFallBack ? whole(group) : fail();
  }

  /** Whether an expression that takes key and values could have answered so to two values. */
  private static boolean couldBeEither(Value.Sequence values, Value result) {
    return values.size() == 2
        && result instanceof Value.Sequence pair
        && pair.size() == 2
        && pair.items().getFirst().equals(values.items().getFirst());
  }

  private Value whole(Value group) {
    try {
      Value result = expression.orElseThrow().call(group);
      if (result instanceof Value.Sized pair && pair.size() == 2) {
        return result;
      }
    } catch (YaqlException alsoFails) {
      firstFailure.ifPresent(first -> first.addSuppressed(alsoFails));
    }
    return fail();
  }

  private Value fail() {
    throw firstFailure.orElseThrow();
  }
}
