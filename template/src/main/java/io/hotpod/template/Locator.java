package io.hotpod.template;

import io.hotpod.document.Location;
import java.util.List;
import java.util.Optional;

/** Follows a path through an expression as far as the template itself goes. */
final class Locator {
  private final Scope scope;

  Locator(Scope scope) {
    this.scope = scope;
  }

  Optional<Location> find(Expression start, List<String> path) {
    Expression current = start;
    Optional<Location> deepest = start.place().location();
    for (String step : path) {
      current = chosen(current);
      if (current instanceof Expression.MapExpression map && map.entry(step).isPresent()) {
        Expression.MapExpression.Entry entry = map.entry(step).orElseThrow();
        deepest = entry.keyLocation().or(entry.value().place()::location);
        current = entry.value();
      } else if (current instanceof Expression.ListExpression list
          && isIndexOf(step, list.items().size())) {
        current = list.items().get(index(step));
        deepest = current.place().location();
      } else {
        return current instanceof FunctionCall ? current.place().location() : deepest;
      }
    }
    return deepest;
  }

  private Expression chosen(Expression expression) {
    Expression current = expression;
    while (current instanceof Expression.If call) {
      Optional<Expression> branch = Resolver.withoutResources(scope).branch(call);
      if (branch.isEmpty()) {
        return current;
      }
      current = branch.orElseThrow();
    }
    return current;
  }

  private static boolean isIndexOf(String step, int size) {
    int index = index(step);
    return index >= 0 && index < size;
  }

  private static int index(String step) {
    String digits =
        step.startsWith("[") && step.endsWith("]") ? step.substring(1, step.length() - 1) : step;
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException notAnIndex) {
      return -1;
    }
  }
}
