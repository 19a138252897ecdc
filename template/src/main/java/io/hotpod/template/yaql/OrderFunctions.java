package io.hotpod.template.yaql;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Functions that order and group. */
final class OrderFunctions {
  private static final String BY = "collection: iterable, selector: lambda";
  private static final String THEN = "collection: ordered, selector: lambda";

  private OrderFunctions() {}

  static void register(Library library) {
    library
        .method("orderBy", BY, call -> ordered(call, true))
        .method("orderByDescending", BY, call -> ordered(call, false))
        .method("thenBy", THEN, call -> refined(call, true))
        .method("thenByDescending", THEN, call -> refined(call, false))
        .method(
            "groupBy",
            "collection: iterable, keySelector: lambda, valueSelector: lambda = null,"
                + " aggregator: lambda = null",
            OrderFunctions::groupBy);
  }

  private static Value ordered(Call call, boolean ascending) {
    return new Ordered(
        call.library(), call.work(), call.each(0), new Ordered.Field(call.lambda(1), ascending));
  }

  private static Value refined(Call call, boolean ascending) {
    Ordered ordered = (Ordered) call.value(0);
    ordered.add(new Ordered.Field(call.lambda(1), ascending));
    return ordered;
  }

  private static Value groupBy(Call call) {
    Map<Value, List<Value>> groups = new LinkedHashMap<>();
    Iterator<Value> source = call.each(0);
    while (source.hasNext()) {
      Value item = source.next();
      Value value = call.optionalLambda(2).map(by -> by.call(item)).orElse(item);
      Value key = call.lambda(1).call(item);
      Dicts.refuseUnhashable(key);
      call.work().spend(1 + key.weight());
      groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(value);
    }
    Iterator<Map.Entry<Value, List<Value>>> entries = groups.entrySet().iterator();
    GroupAggregator aggregator = new GroupAggregator(call.optionalLambda(3));
    return Sequences.lazy(
        call,
        () -> {
          if (!entries.hasNext()) {
            return Optional.empty();
          }
          Map.Entry<Value, List<Value>> entry = entries.next();
          return Optional.of(
              aggregator.apply(entry.getKey(), Value.Sequence.list(entry.getValue())));
        });
  }
}
