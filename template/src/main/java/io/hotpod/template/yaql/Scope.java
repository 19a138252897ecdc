package io.hotpod.template.yaql;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The variables and functions that an expression sees: its own, then those around. Immutable. */
final class Scope {
  private final Optional<Scope> outer;
  private final Map<String, Value> variables;
  private final Map<String, Value.Lambda> functions;

  private Scope(
      Optional<Scope> outer, Map<String, Value> variables, Map<String, Value.Lambda> functions) {
    this.outer = outer;
    this.variables = variables;
    this.functions = functions;
  }

  /** A scope in which {@code $} is a value. */
  static Scope of(Value data) {
    return new Scope(Optional.empty(), Map.of("$1", data), Map.of());
  }

  /** One inside, with {@code $1}, {@code $2} and so on. */
  Scope with(Value... numbered) {
    Map<String, Value> named = new HashMap<>();
    for (int i = 0; i < numbered.length; i++) {
      named.put("$" + (i + 1), numbered[i]);
    }
    return with(named);
  }

  /** One inside, with variables whose names begin with a dollar. */
  Scope with(Map<String, Value> named) {
    return new Scope(Optional.of(this), named, Map.of());
  }

  /**
   * One inside, with a function.
   *
   * @param maker of the function, given the new scope, so that the function can call itself
   */
  Scope define(String name, Function<Scope, Value.Lambda> maker) {
    Map<String, Value.Lambda> defined = new HashMap<>();
    Scope scope = new Scope(Optional.of(this), Map.of(), defined);
    defined.put(name, maker.apply(scope));
    return scope;
  }

  /** A variable; unknown ones are null. */
  Value variable(String name) {
    String key = name.equals("$") ? "$1" : name;
    Optional<Scope> scope = Optional.of(this);
    while (scope.isPresent()) {
      Value value = scope.get().variables.get(key);
      if (value != null) {
        return value;
      }
      scope = scope.get().outer;
    }
    return Value.Null.NULL;
  }

  /** A function that the expression itself defined. */
  Optional<Value.Lambda> function(String name) {
    Optional<Scope> scope = Optional.of(this);
    while (scope.isPresent()) {
      Value.Lambda function = scope.get().functions.get(name);
      if (function != null) {
        return Optional.of(function);
      }
      scope = scope.get().outer;
    }
    return Optional.empty();
  }
}
