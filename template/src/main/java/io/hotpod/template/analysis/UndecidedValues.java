package io.hotpod.template.analysis;

import io.hotpod.document.Location;
import io.hotpod.template.Expression;
import io.hotpod.template.ResourceDefinition;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which values of a template hang on parameters that nobody has decided yet, so that what a check
 * finds there is not the template's fault. Immutable.
 */
public final class UndecidedValues {
  private final Set<String> parameters;

  /**
   * Looks for some parameters.
   *
   * @param parameters as {@link io.hotpod.template.Parameters#undecided} gives them
   */
  public UndecidedValues(Set<String> parameters) {
    this.parameters = Set.copyOf(parameters);
  }

  /** The properties of which nothing can be said. */
  public Set<String> properties(ResourceDefinition resource) {
    Set<String> names = new HashSet<>();
    collectNames(resource.properties(), names);
    return names;
  }

  /** All properties may come from one function; then the names inside it are those it may give. */
  private void collectNames(Expression properties, Set<String> names) {
    if (properties instanceof Expression.MapExpression map) {
      for (Expression.MapExpression.Entry entry : map.entries()) {
        if (isCall(entry.value()) && isUndecided(entry.value())) {
          names.add(entry.key());
        }
      }
    } else {
      properties.parts().forEach(part -> collectNames(part, names));
    }
  }

  /** The places inside maps and lists where something stands of which nothing can be said. */
  public Set<Location> places(ResourceDefinition resource) {
    Set<Location> places = new HashSet<>();
    if (!parameters.isEmpty()) {
      collect(resource.properties(), Optional.empty(), places);
    }
    return places;
  }

  private void collect(Expression expression, Optional<Location> key, Set<Location> places) {
    switch (expression) {
      case Expression.Literal _ -> {}
      case Expression.MapExpression map ->
          map.entries().forEach(entry -> collect(entry.value(), entry.keyLocation(), places));
      case Expression.ListExpression list ->
          list.items().forEach(item -> collect(item, Optional.empty(), places));
      default -> {
        if (isUndecided(expression)) {
          key.ifPresent(places::add);
          expression.place().location().ifPresent(places::add);
        }
      }
    }
  }

  private static boolean isCall(Expression expression) {
    return !(expression instanceof Expression.Literal
        || expression instanceof Expression.MapExpression
        || expression instanceof Expression.ListExpression);
  }

  private boolean isUndecided(Expression expression) {
    if (parameters.isEmpty()) {
      return false;
    }
    if (expression instanceof Expression.GetParam call) {
      Optional<String> name = ParameterNames.of(call);
      if (name.isEmpty() || parameters.contains(name.orElseThrow())) {
        return true;
      }
    }
    return expression.parts().stream().anyMatch(this::isUndecided);
  }
}
