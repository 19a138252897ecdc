package io.hotpod.template.analysis;

import io.hotpod.document.Location;
import io.hotpod.template.Expression;
import io.hotpod.template.ResourceDefinition;
import io.hotpod.template.Template;
import io.hotpod.template.Undecided;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which values of a template hang on parameters that nobody has decided yet, so that what a check
 * finds there is not the template's fault. Immutable.
 */
public final class UndecidedValues {
  private final Undecided undecided;

  /**
   * Looks for some parameters.
   *
   * @param template whose conditions the values may hang on
   * @param parameters as {@link io.hotpod.template.Parameters#undecided} gives them
   */
  public UndecidedValues(Template template, Set<String> parameters) {
    this.undecided = new Undecided(template, parameters);
  }

  /** The properties of which nothing can be said. */
  public Set<String> properties(ResourceDefinition resource) {
    Set<String> names = new HashSet<>();
    collectNames(resource.properties(), false, names);
    return names;
  }

  /** All properties may come from one function; then the names inside it are those it may give. */
  private void collectNames(Expression properties, boolean all, Set<String> names) {
    if (properties instanceof Expression.MapExpression map) {
      for (Expression.MapExpression.Entry entry : map.entries()) {
        if (all || (isCall(entry.value()) && undecided.contains(entry.value()))) {
          names.add(entry.key());
        }
      }
    } else {
      boolean open =
          all || (properties instanceof Expression.If call && undecided.contains(call.condition()));
      properties.parts().forEach(part -> collectNames(part, open, names));
    }
  }

  /** The places inside maps and lists where something stands of which nothing can be said. */
  public Set<Location> places(ResourceDefinition resource) {
    Set<Location> places = new HashSet<>();
    if (!undecided.isEmpty()) {
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
        if (undecided.contains(expression)) {
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
}
