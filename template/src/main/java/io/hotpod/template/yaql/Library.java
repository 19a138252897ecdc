package io.hotpod.template.yaql;

import io.hotpod.document.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The functions, methods and operators that expressions may use. Immutable once made. */
final class Library {
  /** What yaql has and a template must not: each evaluation would give something else. */
  private static final Map<String, String> REFUSED =
      Map.of(
          "now", "the time is another at every evaluation",
          "random", "chance gives another value at every evaluation");

  private final Map<String, List<Function>> functions = new TreeMap<>();

  /** Functions under one name are tried in the order in which they are added. */
  Library add(Function.Use use, String name, String signature, Function.Body body) {
    boolean takesRules = signature.startsWith("!");
    functions
        .computeIfAbsent(name, _ -> new ArrayList<>())
        .add(
            new Function(
                name,
                use,
                Signature.parse(takesRules ? signature.substring(1) : signature),
                takesRules,
                body));
    return this;
  }

  Library function(String name, String signature, Function.Body body) {
    return add(Function.Use.FUNCTION, name, signature, body);
  }

  Library method(String name, String signature, Function.Body body) {
    return add(Function.Use.METHOD, name, signature, body);
  }

  /** What can be written either way. */
  Library both(String name, String signature, Function.Body body) {
    return add(Function.Use.BOTH, name, signature, body);
  }

  /** An operator; its name is no name, so that no expression can call it by that. */
  Library operator(String symbol, String signature, Function.Body body) {
    return add(Function.Use.FUNCTION, "operator " + symbol, signature, body);
  }

  /** The overloads of a name, in the order of precedence; none when there is no such name. */
  List<Function> overloads(String name, boolean asMethod) {
    // An underscore behind a name that would be a word of Python's is left out, as there.
    String plain = name.replaceAll("_+$", "");
    return functions.getOrDefault(plain, List.of()).stream()
        .filter(function -> function.isUsedAs(asMethod))
        .toList();
  }

  /** Why a name cannot be used, and what can. */
  String unknown(String name, boolean asMethod) {
    String kind = asMethod ? "method" : "function";
    if (REFUSED.containsKey(name)) {
      return "the function \"%s\" is not supported: %s".formatted(name, REFUSED.get(name));
    }
    if (!overloads(name, !asMethod).isEmpty()) {
      return asMethod
          ? "\"%s\" is a function and not a method: write %s(...)".formatted(name, name)
          : "\"%s\" is a method and not a function: write value.%s(...)".formatted(name, name);
    }
    List<String> names =
        functions.keySet().stream()
            .filter(known -> known.indexOf(' ') < 0 && !overloads(known, asMethod).isEmpty())
            .toList();
    if (name.equals("not") || name.equals("and") || name.equals("or") || name.equals("in")) {
      return "\"%s\" is an operator and not a function: write a blank behind it".formatted(name);
    }
    return "unknown %s \"%s\"; ".formatted(kind, name)
        + Suggestions.advice(name, names)
            .orElseGet(() -> "supported are " + String.join(", ", names));
  }

  /** Applies an operator to values. */
  Value operate(String symbol, Work work, Value... operands) {
    return invoke(
        "operator " + symbol,
        overloads("operator " + symbol, false),
        List.of(operands).stream().map(Optional::of).toList(),
        Map.of(),
        work,
        Scope.of(Value.Null.NULL));
  }

  /** Applies a function to values. */
  Value apply(String name, Work work, Value... arguments) {
    return invoke(
        name,
        overloads(name, false),
        List.of(arguments).stream().map(Optional::of).toList(),
        Map.of(),
        work,
        Scope.of(Value.Null.NULL));
  }

  /** Applies the first overload that takes the arguments. */
  Value invoke(
      String name,
      List<Function> overloads,
      List<Optional<Value>> positional,
      Map<String, Value> named,
      Work work,
      Scope scope) {
    for (Function function : overloads) {
      Optional<Signature.Bound> bound = function.signature().bind(positional, named);
      if (bound.isPresent() && function.signature().accepts(bound.get())) {
        work.spend(1);
        return work.produced(function.body().apply(new Call(this, work, scope, bound.get())));
      }
    }
    throw mismatch(name, overloads, positional, named);
  }

  /** Says what was given and what is taken. */
  static Failure mismatch(
      String name,
      List<Function> overloads,
      List<Optional<Value>> positional,
      Map<String, Value> named) {
    List<String> given = new ArrayList<>();
    positional.forEach(value -> given.add(value.map(Value::kind).orElse("nothing")));
    named.forEach((key, value) -> given.add(key + " => " + value.kind()));
    String taken = overloads.stream().map(Function::shown).collect(Collectors.joining(" or "));
    return new Failure(
        name.startsWith("operator ")
            ? "the %s does not take %s".formatted(quoted(name), String.join(" and ", given))
            : "%s takes %s; given was (%s)".formatted(name, taken, String.join(", ", given)),
        true);
  }

  private static String quoted(String operator) {
    return "operator \"" + operator.substring("operator ".length()) + "\"";
  }
}
