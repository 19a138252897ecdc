package io.hotpod.template.yaql;

import io.hotpod.document.Suggestions;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Evaluates trees. For one evaluation and one thread. */
final class Evaluator {
  private final Library library;
  private final Work work;

  Evaluator(Library library, Work work) {
    this.library = library;
    this.work = work;
  }

  /**
   * The value of a node.
   *
   * @throws YaqlException with the place of the innermost node that could not be evaluated
   */
  Value evaluate(Node node, Scope scope) {
    try {
      work.enter();
      return value(node, scope);
    } catch (Failure failure) {
      throw new YaqlException(
          node.position(), Objects.toString(failure.getMessage()), failure.isMismatch());
    } finally {
      work.leave();
    }
  }

  private Value value(Node node, Scope scope) {
    return switch (node) {
      case Node.Constant(Value value, _) -> value;
      case Node.Word(String name, _) -> new Value.Text(name);
      case Node.Variable(String name, _) -> scope.variable(name);
      case Node.Group group -> evaluate(group.body(), scope);
      case Node.Call call -> call(call, Optional.empty(), scope);
      case Node.Binary binary -> binary(binary, scope);
      case Node.Unary unary ->
          library.operate("unary " + unary.operator(), work, evaluate(unary.operand(), scope));
      case Node.Index index -> library.operate("[]", work, values(index.arguments(), scope));
      case Node.ListOf list ->
          work.produced(Value.Sequence.tuple(List.of(values(list.items(), scope))));
      case Node.MapOf map -> library.apply("dict", work, rules(map, scope));
      case Node.Rule rule ->
          new Value.Rule(evaluate(rule.source(), scope), evaluate(rule.destination(), scope));
      case Node.Missing _ -> throw new Failure("a value is missing between the commas");
    };
  }

  private Value[] values(List<Node> nodes, Scope scope) {
    List<Value> values = new ArrayList<>();
    for (Node node : nodes) {
      if (node instanceof Node.Rule) {
        throw new YaqlException(node.position(), "\"=>\" has no meaning inside brackets");
      }
      values.add(evaluate(node, scope));
    }
    return values.toArray(Value[]::new);
  }

  private Value[] rules(Node.MapOf map, Scope scope) {
    for (Node entry : map.rules()) {
      if (!(entry instanceof Node.Rule)) {
        throw new YaqlException(entry.position(), "braces hold entries, key => value");
      }
    }
    return map.rules().stream().map(entry -> evaluate(entry, scope)).toArray(Value[]::new);
  }

  private Value binary(Node.Binary node, Scope scope) {
    Value left = evaluate(node.left(), scope);
    return switch (node.operator()) {
      case "." -> member(left, node.right(), scope);
      case "?." -> left == Value.Null.NULL ? left : member(left, node.right(), scope);
      case "and" -> left.isTrue() ? evaluate(node.right(), scope) : left;
      case "or" -> left.isTrue() ? left : evaluate(node.right(), scope);
      case "->" -> {
        if (!(left instanceof Value.Names(Scope names))) {
          throw new Failure(
              "before \"->\" stands let(), with(), def() or unpack(), not " + left.kind());
        }
        yield evaluate(node.right(), names);
      }
      default -> library.operate(node.operator(), work, left, evaluate(node.right(), scope));
    };
  }

  private Value member(Value receiver, Node right, Scope scope) {
    return switch (right) {
      case Node.Call call -> callAt(call, receiver, scope);
      case Node.Word(String name, int position) -> {
        try {
          yield property(receiver, name);
        } catch (Failure failure) {
          throw new YaqlException(
              position, Objects.toString(failure.getMessage()), failure.isMismatch());
        }
      }
      case Node.Constant _,
          Node.Variable _,
          Node.Group _,
          Node.Binary _,
          Node.Unary _,
          Node.Index _,
          Node.ListOf _,
          Node.MapOf _,
          Node.Rule _,
          Node.Missing _ ->
          throw new YaqlException(
              right.position(), "behind a dot stands a key or a method; other keys go in brackets");
    };
  }

  private Value callAt(Node.Call call, Value receiver, Scope scope) {
    try {
      return call(call, Optional.of(receiver), scope);
    } catch (Failure failure) {
      throw new YaqlException(
          call.position(), Objects.toString(failure.getMessage()), failure.isMismatch());
    }
  }

  /** The value of a key; of a collection, those of its members, when they are asked for. */
  private Value property(Value receiver, String name) {
    if (receiver instanceof Value.Dict dict) {
      return Dicts.get(dict, new Value.Text(name));
    }
    if (!ParameterType.ITERABLE.accepts(receiver)) {
      throw new Failure(receiver.kind() + " has no keys, so there is no \"" + name + "\"", true);
    }
    Iterator<Value> members = Sequences.each(receiver, work);
    return new Lazy(
        work,
        () -> members.hasNext() ? Optional.of(property(members.next(), name)) : Optional.empty());
  }

  private Value call(Node.Call call, Optional<Value> receiver, Scope scope) {
    Optional<Value.Lambda> defined =
        receiver.isPresent() ? Optional.empty() : scope.function(call.name());
    if (defined.isPresent()) {
      return callDefined(call, defined.get(), scope);
    }
    List<Function> overloads = library.overloads(call.name(), receiver.isPresent());
    if (overloads.isEmpty()) {
      throw new Failure(library.unknown(call.name(), receiver.isPresent()), true);
    }
    return new Arguments(this, scope, receiver, call, overloads.getFirst().takesRules())
        .invoke(library, work, overloads);
  }

  private Value callDefined(Node.Call call, Value.Lambda function, Scope scope) {
    Map<String, Value> variables = new LinkedHashMap<>();
    int number = 0;
    for (Node argument : call.arguments()) {
      if (argument instanceof Node.Rule(Node.Word(String name, _), Node destination, _, _)) {
        variables.put("$" + name, evaluate(destination, scope));
      } else {
        number++;
        variables.put("$" + number, evaluate(argument, scope));
      }
    }
    return work.produced(function.in(function.scope().with(variables)));
  }

  /** Suggests a key that is there. */
  static Optional<String> advice(String name, Value.Dict dict) {
    return Suggestions.advice(
        name,
        dict.entries().keySet().stream()
            .filter(Value.Text.class::isInstance)
            .map(key -> ((Value.Text) key).value())
            .toList());
  }
}
