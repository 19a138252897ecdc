package io.hotpod.template;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which parts of a template hang on parameters that nobody has decided yet, so that what comes of
 * them now says nothing about what will come of them. Immutable.
 */
public final class Undecided {
  private final Set<String> parameters;

  /** The named conditions that hang on the parameters. */
  private final Set<String> conditions = new HashSet<>();

  /**
   * Looks for some parameters.
   *
   * @param template whose conditions the parts may hang on
   * @param parameters as {@link Parameters#undecided} gives them
   */
  public Undecided(Template template, Set<String> parameters) {
    this(template, parameters, Set.of());
  }

  /**
   * @param broken names of conditions that cannot be decided at all
   */
  Undecided(Template template, Set<String> parameters, Set<String> broken) {
    this.parameters = Set.copyOf(parameters);
    // Each stands after those that it names, so what it names is known already.
    template
        .conditions()
        .forEach(
            (name, condition) -> {
              if (broken.contains(name) || contains(condition)) {
                conditions.add(name);
              }
            });
  }

  /** Whether nothing is undecided. */
  public boolean isEmpty() {
    return parameters.isEmpty() && conditions.isEmpty();
  }

  /** Whether the value of an expression hangs on the parameters. */
  public boolean contains(Expression expression) {
    if (isEmpty()) {
      return false;
    }
    boolean itself =
        switch (expression) {
          case Expression.GetParam call -> name(call).map(parameters::contains).orElse(true);
          case Expression.If call -> contains(call.condition());
          case Expression.ConditionResult call -> contains(call.condition());
          default -> false;
        };
    return itself || expression.parts().stream().anyMatch(this::contains);
  }

  /** The name that is written out; one that comes out of a function may be any. */
  private static Optional<String> name(Expression.GetParam call) {
    Expression first =
        call.argument() instanceof Expression.ListExpression list && !list.items().isEmpty()
            ? list.items().getFirst()
            : call.argument();
    return first instanceof Expression.Literal literal && literal.value().isString()
        ? Optional.of(literal.value().stringValue())
        : Optional.empty();
  }

  /** Whether the outcome of a condition hangs on the parameters. */
  public boolean contains(Condition condition) {
    return switch (condition) {
      case Condition.Truth truth -> contains(truth.value());
      case Condition.Named named -> conditions.contains(named.name());
      case Condition.Equals equals -> contains(equals.left()) || contains(equals.right());
      case Condition.Not not -> contains(not.condition());
      case Condition.And and -> and.conditions().stream().anyMatch(this::contains);
      case Condition.Or or -> or.conditions().stream().anyMatch(this::contains);
    };
  }
}
