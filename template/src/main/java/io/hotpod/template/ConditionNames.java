package io.hotpod.template;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds the conditions that a condition names, also inside the values that it compares. */
final class ConditionNames {
  private ConditionNames() {}

  static Set<String> in(Condition condition) {
    Set<String> names = new LinkedHashSet<>();
    List<Condition> open = new ArrayList<>(List.of(condition));
    while (!open.isEmpty()) {
      switch (open.removeLast()) {
        case Condition.Named named -> names.add(named.name());
        case Condition.Not not -> open.add(not.condition());
        case Condition.And and -> open.addAll(and.conditions());
        case Condition.Or or -> open.addAll(or.conditions());
        case Condition.Truth truth -> collect(truth.value(), open);
        case Condition.Equals equals -> {
          collect(equals.left(), open);
          collect(equals.right(), open);
        }
      }
    }
    return names;
  }

  private static void collect(Expression expression, List<Condition> found) {
    if (expression instanceof Expression.ConditionResult result) {
      found.add(result.condition());
    }
    expression.parts().forEach(part -> collect(part, found));
  }
}
