package io.hotpod.template.yaql;

import java.util.Iterator;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** Functions that make one value of many. */
final class FoldFunctions {
  private static final String FOLD = "collection: iterable, selector: lambda, seed: any? = none";
  private static final String INITIAL = "collection: iterable, initial: any? = none";

  private FoldFunctions() {}

  static void register(Library library) {
    library
        .method("aggregate", FOLD, FoldFunctions::aggregate)
        .method("reduce", FOLD, FoldFunctions::aggregate)
        .method("accumulate", FOLD, FoldFunctions::accumulate)
        .method(
            "sum",
            INITIAL,
            call ->
                fold(call, call.given(1), (a, b) -> call.library().operate("+", call.work(), a, b)))
        .method("max", INITIAL, call -> extreme(call, "max"))
        .method("min", INITIAL, call -> extreme(call, "min"));
  }

  private static Value extreme(Call call, String function) {
    return fold(call, call.given(1), (a, b) -> call.library().apply(function, call.work(), a, b));
  }

  private static Value aggregate(Call call) {
    return fold(call, call.given(2), (total, value) -> call.lambda(1).call(total, value));
  }

  private static Value fold(Call call, Optional<Value> seed, BinaryOperator<Value> operation) {
    Iterator<Value> source = call.each(0);
    Value total = seed.or(() -> Sequences.next(source)).orElseThrow(FoldFunctions::empty);
    while (source.hasNext()) {
      total = operation.apply(total, source.next());
    }
    return total;
  }

  private static Failure empty() {
    return new Failure("the collection is empty, and no initial value is given");
  }

  private static Value accumulate(Call call) {
    Iterator<Value> source = call.each(0);
    Value[] total = {Value.Null.NULL};
    boolean[] begun = {false};
    return Sequences.lazy(
        call,
        () -> {
          if (!begun[0]) {
            begun[0] = true;
            total[0] =
                call.given(2).or(() -> Sequences.next(source)).orElseThrow(FoldFunctions::empty);
          } else if (source.hasNext()) {
            total[0] = call.lambda(1).call(total[0], source.next());
          } else {
            return Optional.empty();
          }
          return Optional.of(total[0]);
        });
  }
}
