package io.hotpod.template.yaql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a function, in the notation in which people see them: {@code "string: string,
 * *prefixes: string"}.
 *
 * @param rest for further positional arguments, when there may be any
 * @param takesNamed whether further named arguments are taken
 */
record Signature(
    String text, List<Parameter> parameters, Optional<Parameter> rest, boolean takesNamed) {
  /** Arguments sorted into their places; an empty place was left out and has no default. */
  record Bound(List<Optional<Value>> slots, List<Value> rest, Map<String, Value> named) {}

  static Signature parse(String text) {
    List<Parameter> parameters = new ArrayList<>();
    Optional<Parameter> rest = Optional.empty();
    boolean takesNamed = false;
    for (String part : text.isEmpty() ? new String[0] : text.split(", ", -1)) {
      if (part.startsWith("**")) {
        takesNamed = true;
      } else if (part.startsWith("*")) {
        rest = Optional.of(Parameter.parse(part.substring(1)));
      } else {
        parameters.add(Parameter.parse(part));
      }
    }
    return new Signature(text, List.copyOf(parameters), rest, takesNamed);
  }

  Optional<Parameter> at(int index) {
    return index < parameters.size() ? Optional.of(parameters.get(index)) : rest;
  }

  Optional<Parameter> named(String name) {
    return parameters.stream().filter(parameter -> parameter.name().equals(name)).findFirst();
  }

  /**
   * Sorts arguments into their places by number and name; empty when they do not fit. Types are not
   * looked at.
   *
   * @param positional an empty one stands between two commas
   */
  Optional<Bound> bind(List<Optional<Value>> positional, Map<String, Value> named) {
    Map<String, Value> left = new HashMap<>(named);
    List<Optional<Value>> slots = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      Optional<Value> given = i < positional.size() ? positional.get(i) : Optional.empty();
      if (given.isEmpty()) {
        given = Optional.ofNullable(left.remove(parameter.name()));
      } else if (left.containsKey(parameter.name())) {
        return Optional.empty();
      }
      if (given.isEmpty() && !parameter.isOptional()) {
        return Optional.empty();
      }
      slots.add(given.or(parameter::fallback));
    }
    List<Value> more = new ArrayList<>();
    for (int i = parameters.size(); i < positional.size(); i++) {
      if (rest.isEmpty() || positional.get(i).isEmpty()) {
        return Optional.empty();
      }
      more.add(positional.get(i).get());
    }
    return left.isEmpty() || takesNamed
        ? Optional.of(new Bound(slots, more, left))
        : Optional.empty();
  }

  boolean accepts(Bound bound) {
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      boolean fits = bound.slots().get(i).map(parameter::accepts).orElse(true);
      if (!fits && !isDefault(parameter, bound.slots().get(i))) {
        return false;
      }
    }
    return bound.rest().stream().allMatch(value -> rest.orElseThrow().accepts(value));
  }

  /** A function may have a default that nobody can give, such as null for a function. */
  private static boolean isDefault(Parameter parameter, Optional<Value> slot) {
    return parameter.isOptional() && slot.equals(parameter.fallback());
  }
}
