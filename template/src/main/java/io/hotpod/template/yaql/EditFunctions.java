package io.hotpod.template.yaql;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Functions that put elements into collections, and take them out, by their places. */
final class EditFunctions {
  private EditFunctions() {}

  static void register(Library library) {
    String range = "collection: iterable, position: int";
    library
        .method("delete", range + ", count: int = 1", EditFunctions::delete)
        .method(
            "replace",
            range + ", value: any?, count: int = 1",
            call -> replace(call, List.of(call.value(2))))
        .method(
            "replaceMany",
            range + ", values: iterable, count: int = 1",
            call -> replace(call, call.all(2)))
        .method("insert", "collection: sequence, position: int, value: any?", EditFunctions::insert)
        .method(
            "insert", "collection: iterable, position: int, value: any?", EditFunctions::insertInto)
        .method(
            "insertMany", range + ", values: iterable", call -> insertAll(call, call.all(2), true));
  }

  /** Whether a place is in the range; a negative count means all that follow. */
  private static boolean isInside(Call call, int count, int place) {
    int position = call.integer(1);
    return place >= position && (count < 0 || place < (long) position + count);
  }

  private static Value delete(Call call) {
    return edited(call, call.integer(2), List.of());
  }

  private static Value replace(Call call, List<Value> values) {
    return edited(call, call.integer(3), values);
  }

  private static Value edited(Call call, int count, List<Value> values) {
    Iterator<Value> source = call.each(0);
    Deque<Value> ready = new ArrayDeque<>();
    int[] place = {0};
    boolean[] replaced = {false};
    return Sequences.lazy(
        call,
        () -> {
          while (ready.isEmpty() && source.hasNext()) {
            Value value = source.next();
            if (!isInside(call, count, place[0])) {
              ready.add(value);
            } else if (!replaced[0]) {
              replaced[0] = true;
              ready.addAll(values);
            }
            place[0]++;
          }
          return Optional.ofNullable(ready.poll());
        });
  }

  private static Value insert(Call call) {
    List<Value> items = call.all(0);
    items.add(Texts.place(call.integer(1), items.size()), call.value(2));
    return Value.Sequence.list(items);
  }

  private static Value insertInto(Call call) {
    if (call.value(0) instanceof Value.SetOf) {
      throw new Failure("a set has no places, so nothing can be inserted there", true);
    }
    return insertAll(call, List.of(call.value(2)), false);
  }

  /** Places beyond the end mean the end; before the beginning only {@code insertMany} inserts. */
  private static Value insertAll(Call call, List<Value> values, boolean alsoBefore) {
    Iterator<Value> source = call.each(0);
    Deque<Value> ready = new ArrayDeque<>();
    int position = call.integer(1);
    if (alsoBefore && position < 0) {
      ready.addAll(values);
    }
    int[] place = {0};
    return Sequences.lazy(
        call,
        () -> {
          if (ready.isEmpty() && source.hasNext()) {
            Value value = source.next();
            if (place[0] == position) {
              ready.addAll(values);
            }
            ready.add(value);
            place[0]++;
          } else if (ready.isEmpty() && place[0] != Integer.MAX_VALUE) {
            if (position >= place[0]) {
              ready.addAll(values);
            }
            place[0] = Integer.MAX_VALUE;
          }
          return Optional.ofNullable(ready.poll());
        });
  }
}
