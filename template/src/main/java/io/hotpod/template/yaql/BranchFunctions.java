package io.hotpod.template.yaql;

import java.util.Iterator;
import java.util.Optional;

/** Truth, and functions that choose. */
final class BranchFunctions {
  private BranchFunctions() {}

  static void register(Library library) {
    library
        .operator("unary not", "arg: any?", call -> Value.Bool.of(!call.flag(0)))
        .function("bool", "value: any?", call -> Value.Bool.of(call.flag(0)))
        .function(
            "isBoolean", "value: any?", call -> Value.Bool.of(call.value(0) instanceof Value.Bool))
        .function("switch", "!*args: case", BranchFunctions::choose)
        .function("selectCase", "*args: lambda", BranchFunctions::selectCase)
        .function("selectAllCases", "*args: lambda", BranchFunctions::selectAllCases)
        .function("examine", "*args: lambda", BranchFunctions::examine)
        .method("switchCase", "case: int, *args: lambda", BranchFunctions::switchCase)
        .function("coalesce", "*args: lambda", BranchFunctions::coalesce);
  }

  private static Value evaluated(Value lambda) {
    return ((Value.Lambda) lambda).call();
  }

  private static Value choose(Call call) {
    for (Value argument : call.rest()) {
      Value.Rule rule = (Value.Rule) argument;
      if (evaluated(rule.source()).isTrue()) {
        return evaluated(rule.destination());
      }
    }
    return Value.Null.NULL;
  }

  private static Value selectCase(Call call) {
    int index = 0;
    while (index < call.rest().size() && !evaluated(call.rest().get(index)).isTrue()) {
      index++;
    }
    return Value.Int.of(index);
  }

  private static Value selectAllCases(Call call) {
    int[] index = {0};
    return Sequences.lazy(
        call,
        () -> {
          while (index[0] < call.rest().size()) {
            index[0]++;
            if (evaluated(call.rest().get(index[0] - 1)).isTrue()) {
              return Optional.of(Value.Int.of(index[0] - 1));
            }
          }
          return Optional.empty();
        });
  }

  private static Value examine(Call call) {
    Iterator<Value> cases = call.rest().iterator();
    return Sequences.lazy(
        call, () -> Sequences.next(cases).map(test -> Value.Bool.of(evaluated(test).isTrue())));
  }

  private static Value switchCase(Call call) {
    if (call.rest().isEmpty()) {
      return Value.Null.NULL;
    }
    int chosen = call.integer(0);
    boolean inside = chosen >= 0 && chosen < call.rest().size();
    return evaluated(inside ? call.rest().get(chosen) : call.rest().getLast());
  }

  private static Value coalesce(Call call) {
    for (Value argument : call.rest()) {
      Value value = evaluated(argument);
      if (value != Value.Null.NULL) {
        return value;
      }
    }
    return Value.Null.NULL;
  }
}
