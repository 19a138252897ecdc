package io.hotpod.template.yaql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Functions that make lists, and look into them. */
final class ListFunctions {
  private ListFunctions() {}

  static void register(Library library) {
    library
        .operator("[]", "list: sequence, index: int", ListFunctions::element)
        .operator("in", "value: any?, collection: iterable", call -> contains(call, 1, 0))
        .operator("+", "left: iterable, right: iterable", ListFunctions::combine)
        .operator("*", "left: sequence, right: int", call -> repeated(call, 0, 1))
        .operator("*", "left: int, right: sequence", call -> repeated(call, 1, 0))
        .function("list", "*args: any?", call -> tuple(Sequences.unrolled(call)))
        .method("toList", "collection: iterable", ListFunctions::toList)
        .method("flatten", "collection: iterable", ListFunctions::flatten)
        .method("contains", "collection: iterable, value: any?", call -> contains(call, 0, 1))
        .both("len", "sequence: sequence", call -> size(call.value(0)))
        .both("len", "collection: iterator", ListFunctions::length)
        .method("count", "collection: iterable", ListFunctions::count)
        .function(
            "isList", "arg: any?", call -> Value.Bool.of(call.value(0) instanceof Value.Sequence))
        .function(
            "isIterable", "value: any?", call -> Value.Bool.of(Sequences.isIterable(call.value(0))))
        .method("reverse", "collection: iterable", ListFunctions::reverse);
  }

  static Value tuple(List<Value> items) {
    return Value.Sequence.tuple(items);
  }

  static Value size(Value sized) {
    return Value.Int.of(((Value.Sized) sized).size());
  }

  private static Value element(Call call) {
    return Sequences.get((Value.Sequence) call.value(0), call.integer(1));
  }

  private static Value contains(Call call, int collection, int value) {
    return Value.Bool.of(Comparisons.contains(call, call.each(collection), call.value(value)));
  }

  private static Value combine(Call call) {
    if (call.value(0) instanceof Value.Sequence left
        && call.value(1) instanceof Value.Sequence right
        && left.isTuple()
        && right.isTuple()) {
      List<Value> both = call.all(0);
      both.addAll(call.all(1));
      return tuple(both);
    }
    if (call.value(0) instanceof Value.SetOf left
        && call.value(1) instanceof Value.SetOf right
        && !left.isView()
        && !right.isView()) {
      return SetFunctions.union(call, left, right);
    }
    return Sequences.chain(call, List.of(call.value(0), call.value(1)));
  }

  private static Value repeated(Call call, int sequence, int times) {
    Value.Sequence unit = (Value.Sequence) call.value(sequence);
    int count = Math.max(0, call.integer(times));
    call.work().refuseBytes(8L * unit.size() * count);
    call.work().spend((long) unit.size() * count / 4);
    List<Value> items = new ArrayList<>();
    for (int i = 0; i < count && unit.size() > 0; i++) {
      items.addAll(unit.items());
    }
    return unit.isTuple() ? tuple(items) : Value.Sequence.list(items);
  }

  static Value toList(Call call) {
    List<Value> all = call.all(0);
    return call.value(0) instanceof Value.Sequence sequence && sequence.isTuple()
        ? sequence
        : tuple(all);
  }

  private static Value flatten(Call call) {
    Deque<Iterator<Value>> open = new ArrayDeque<>();
    open.push(call.each(0));
    return Sequences.lazy(
        call,
        () -> {
          while (!open.isEmpty()) {
            if (!open.getFirst().hasNext()) {
              open.pop();
              continue;
            }
            Value value = open.getFirst().next();
            if (!Sequences.isIterable(value)) {
              return Optional.of(value);
            }
            call.work().spend(1);
            open.push(call.each(value));
          }
          return Optional.empty();
        });
  }

  /** Alone among all functions this one goes through iterators of any length. */
  private static Value length(Call call) {
    return counted(((Value.Stream) call.value(0)).open());
  }

  private static Value count(Call call) {
    return counted(call.each(0));
  }

  private static Value counted(Iterator<Value> source) {
    long count = 0;
    while (source.hasNext()) {
      source.next();
      count++;
    }
    return Value.Int.of(count);
  }

  private static Value reverse(Call call) {
    List<Value> all = call.all(0);
    Collections.reverse(all);
    return Sequences.lazy(call, all.iterator());
  }
}
