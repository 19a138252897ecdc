package io.hotpod.template.yaql;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** Equality and order. Null comes before everything. */
final class Comparisons {
  private static final String ANY = "left: any?, right: any?";

  private Comparisons() {}

  static void register(Library library) {
    library
        .operator("=", ANY, call -> Value.Bool.of(equal(call)))
        .operator("!=", ANY, call -> Value.Bool.of(!equal(call)));
    ordering(library, "<", order -> order < 0);
    ordering(library, "<=", order -> order <= 0);
    ordering(library, ">", order -> order > 0);
    ordering(library, ">=", order -> order >= 0);
    library
        .function("max", "a: any?, b: any?", call -> call.value(isLess(call) ? 1 : 0))
        .function("min", "a: any?, b: any?", call -> call.value(isLess(call) ? 0 : 1));
  }

  private static boolean equal(Call call) {
    call.work().spend(Math.min(call.value(0).weight(), call.value(1).weight()));
    return call.value(0).equals(call.value(1));
  }

  private static boolean isLess(Call call) {
    return call.library().operate(">", call.work(), call.value(1), call.value(0)).isTrue();
  }

  private static void ordering(Library library, String symbol, IntPredicate fits) {
    library
        .operator(
            symbol,
            "left: number, right: number",
            call ->
                Value.Bool.of(
                    !Numbers.isNan(call.number(0))
                        && !Numbers.isNan(call.number(1))
                        && fits.test(Numbers.compare(call.number(0), call.number(1)))))
        .operator(
            symbol,
            "left: string, right: string",
            call -> {
              call.work().spend(Math.min(call.value(0).weight(), call.value(1).weight()));
              return Value.Bool.of(fits.test(Texts.compare(call.text(0), call.text(1))));
            })
        .operator(symbol, "left: set, right: set", call -> Value.Bool.of(sets(call, symbol)))
        .operator(symbol, ANY, call -> Value.Bool.of(fits.test(nulls(call, symbol))));
  }

  /** Sets are ordered by inclusion, so that two may have no order at all. */
  private static boolean sets(Call call, String symbol) {
    boolean below = symbol.startsWith("<");
    Value.SetOf small = call.set(below ? 0 : 1);
    Value.SetOf large = call.set(below ? 1 : 0);
    call.work().spend(Weights.sum(small.weight(), large.weight()));
    return large.members().containsAll(small.members())
        && (symbol.endsWith("=") || small.size() < large.size());
  }

  private static int nulls(Call call, String symbol) {
    if (!call.isNull(0) && !call.isNull(1)) {
      throw Library.mismatch(
          "operator " + symbol, List.of(), List.of(call.given(0), call.given(1)), Map.of());
    }
    return Boolean.compare(!call.isNull(0), !call.isNull(1));
  }

  /** Whether one of the members is equal to a value. */
  static boolean contains(Call call, Iterator<Value> members, Value value) {
    while (members.hasNext()) {
      Value member = members.next();
      call.work().spend(Math.min(member.weight(), value.weight()));
      if (member.equals(value)) {
        return true;
      }
    }
    return false;
  }
}
