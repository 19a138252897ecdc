package io.hotpod.template.yaql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Functions that name values and functions for what follows an arrow. */
final class ContextFunctions {
  private ContextFunctions() {}

  static void register(Library library) {
    library
        .function("let", "*args: any?, **named", ContextFunctions::let)
        .function("with", "*args: any?", ContextFunctions::let)
        .function("def", "name: string, func: lambda", ContextFunctions::define)
        .method("unpack", "sequence: iterable, *names: string", ContextFunctions::unpack)
        .method(
            "assert",
            "obj: any?, condition: lambda, message: string = none",
            ContextFunctions::check)
        .function(
            "call",
            "name: string, args: sequence, kwargs: dict, receiver: any? = none",
            ContextFunctions::call);
  }

  private static Value let(Call call) {
    Map<String, Value> variables = numbered(call.rest());
    call.named().forEach((name, value) -> variables.put("$" + name, value));
    return new Value.Names(call.scope().with(variables));
  }

  private static Map<String, Value> numbered(List<Value> values) {
    Map<String, Value> variables = new HashMap<>();
    for (int i = 0; i < values.size(); i++) {
      variables.put("$" + (i + 1), values.get(i));
    }
    return variables;
  }

  private static Value define(Call call) {
    Value.Lambda body = call.lambda(1);
    return new Value.Names(
        call.scope()
            .define(call.text(0), scope -> new Value.Lambda(body.evaluator(), body.body(), scope)));
  }

  private static Value unpack(Call call) {
    Iterator<Value> source = call.each(0);
    List<Value> values = new ArrayList<>();
    int count = call.rest().size();
    while (source.hasNext() && (count == 0 || values.size() <= count)) {
      values.add(source.next());
    }
    if (count == 0) {
      return new Value.Names(call.scope().with(numbered(values)));
    }
    if (values.size() != count) {
      throw new Failure(
          "unpack() has %d names for %s values"
              .formatted(count, values.size() > count ? "more" : Integer.toString(values.size())));
    }
    Map<String, Value> variables = new HashMap<>();
    for (int i = 0; i < count; i++) {
      variables.put("$" + ((Value.Text) call.rest().get(i)).value(), values.get(i));
    }
    return new Value.Names(call.scope().with(variables));
  }

  private static Value check(Call call) {
    Value checked =
        call.value(0) instanceof Value.Stream stream && stream.isIterator()
            ? new Replayed(call.work(), stream.open())
            : call.value(0);
    if (!call.lambda(1).call(checked).isTrue()) {
      throw new Failure(call.given(2).isPresent() ? call.text(2) : "Assertion failed");
    }
    return checked;
  }

  private static Value call(Call call) {
    List<Optional<Value>> places = new ArrayList<>();
    call.given(3).ifPresent(receiver -> places.add(Optional.of(receiver)));
    call.all(1).forEach(value -> places.add(Optional.of(value)));
    Map<String, Value> named = new HashMap<>();
    call.dict(2)
        .entries()
        .forEach(
            (key, value) -> {
              if (key instanceof Value.Text(String name)) {
                named.put(name, value);
              }
            });
    boolean asMethod = call.given(3).isPresent();
    List<Function> overloads = call.library().overloads(call.text(0), asMethod);
    if (overloads.isEmpty()) {
      throw new Failure(call.library().unknown(call.text(0), asMethod), true);
    }
    return call.library().invoke(call.text(0), overloads, places, named, call.work(), call.scope());
  }
}
