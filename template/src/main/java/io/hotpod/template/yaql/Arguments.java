package io.hotpod.template.yaql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The written arguments of one call: which are named, and which the function evaluates itself. */
final class Arguments {
  /** Stands for a value while it is only asked whether there is room for it. */
  private static final Optional<Value> PLACEHOLDER = Optional.of(Value.Null.NULL);

  private final Evaluator evaluator;
  private final Scope scope;
  private final Optional<Value> receiver;
  private final String name;
  private final List<Node> positional = new ArrayList<>();
  private final Map<String, Node> named = new LinkedHashMap<>();

  /**
   * @param takesRules whether {@code =>} makes an argument instead of naming one
   */
  Arguments(
      Evaluator evaluator,
      Scope scope,
      Optional<Value> receiver,
      Node.Call call,
      boolean takesRules) {
    this.evaluator = evaluator;
    this.scope = scope;
    this.receiver = receiver;
    this.name = call.name();
    for (Node argument : call.arguments()) {
      if (takesRules || !(argument instanceof Node.Rule(Node source, Node destination, _, _))) {
        positional.add(argument);
      } else if (source instanceof Node.Word(String word, _)) {
        named.put(word, destination);
      } else {
        throw new YaqlException(source.position(), "the name of an argument is a plain word");
      }
    }
  }

  Value invoke(Library library, Work work, List<Function> overloads) {
    List<Optional<Value>> places = new ArrayList<>();
    receiver.ifPresent(value -> places.add(Optional.of(value)));
    positional.forEach(
        node -> places.add(node instanceof Node.Missing ? Optional.empty() : PLACEHOLDER));
    Map<String, Value> names = new LinkedHashMap<>();
    named.keySet().forEach(key -> names.put(key, Value.Null.NULL));
    // Which arguments are evaluated beforehand follows from the number and names alone, and is
    // the same for all overloads that have room for them.
    List<Function> roomy =
        overloads.stream()
            .filter(function -> function.signature().bind(places, names).isPresent())
            .toList();
    if (roomy.isEmpty()) {
      throw noRoom(overloads);
    }
    Signature signature = roomy.getFirst().signature();
    int first = receiver.isPresent() ? 1 : 0;
    for (int i = 0; i < positional.size(); i++) {
      if (places.get(first + i).isPresent()) {
        places.set(first + i, Optional.of(argument(signature.at(first + i), positional.get(i))));
      }
    }
    named.forEach((key, node) -> names.put(key, argument(signature.named(key), node)));
    return library.invoke(name, roomy, places, names, work, scope);
  }

  private Failure noRoom(List<Function> overloads) {
    List<Optional<Value>> given = new ArrayList<>();
    receiver.ifPresent(value -> given.add(Optional.of(value)));
    positional.forEach(node -> given.add(Optional.of(lambda(node))));
    Map<String, Value> givenNames = new LinkedHashMap<>();
    named.forEach((key, node) -> givenNames.put(key, lambda(node)));
    return Library.mismatch(name, overloads, given, givenNames);
  }

  private Value argument(Optional<Parameter> parameter, Node node) {
    boolean lazy = parameter.map(found -> found.type().isLazy()).orElse(false);
    if (!lazy) {
      return evaluator.evaluate(node, scope);
    }
    return node instanceof Node.Rule rule
        ? new Value.Rule(lambda(rule.source()), lambda(rule.destination()))
        : lambda(node);
  }

  private Value.Lambda lambda(Node node) {
    return new Value.Lambda(evaluator, node, scope);
  }
}
