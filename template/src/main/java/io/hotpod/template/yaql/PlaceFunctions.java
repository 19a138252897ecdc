package io.hotpod.template.yaql;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Functions that select from collections by place, and find places. */
final class PlaceFunctions {
  private static final String COUNTED = "collection: iterable, count: int";
  private static final String ITEM = "collection: iterable, item: any?";
  private static final String FILTER = "collection: iterable, predicate: lambda";
  private static final String DEFAULT = "collection: iterable, default: any? = none";

  private PlaceFunctions() {}

  static void register(Library library) {
    library
        .method("skip", COUNTED, PlaceFunctions::skip)
        .method("limit", COUNTED, PlaceFunctions::limit)
        .method("take", COUNTED, PlaceFunctions::limit)
        .method("first", DEFAULT, call -> orDefault(call, Sequences.next(call.each(0))))
        .method("last", DEFAULT, PlaceFunctions::last)
        .method("single", "collection: iterable", PlaceFunctions::single)
        .method("indexOf", ITEM, call -> place(call, equalTo(call), false))
        .method("lastIndexOf", ITEM, call -> place(call, equalTo(call), true))
        .method("indexWhere", FILTER, call -> place(call, fitting(call), false))
        .method("lastIndexWhere", FILTER, call -> place(call, fitting(call), true))
        .method("slice", "collection: iterable, length: int", PlaceFunctions::slice)
        .method("splitAt", "collection: iterable, index: int", PlaceFunctions::splitAt)
        .method("splitWhere", FILTER, PlaceFunctions::splitWhere)
        .method("sliceWhere", FILTER, PlaceFunctions::sliceWhere);
  }

  private static int count(Call call) {
    if (call.integer(1) < 0) {
      throw new Failure("a count cannot be negative");
    }
    return call.integer(1);
  }

  private static Value skip(Call call) {
    Iterator<Value> source = call.each(0);
    int[] left = {count(call)};
    return Sequences.lazy(
        call,
        () -> {
          while (left[0] > 0 && source.hasNext()) {
            source.next();
            left[0]--;
          }
          return Sequences.next(source);
        });
  }

  private static Value limit(Call call) {
    Iterator<Value> source = call.each(0);
    int[] left = {count(call)};
    return Sequences.lazy(
        call,
        () -> {
          left[0]--;
          return left[0] < 0 ? Optional.empty() : Sequences.next(source);
        });
  }

  private static Value orDefault(Call call, Optional<Value> found) {
    return found
        .or(() -> call.given(1))
        .orElseThrow(() -> new Failure("the collection is empty, and no default is given"));
  }

  private static Value last(Call call) {
    Optional<Value> last = Optional.empty();
    Iterator<Value> source = call.each(0);
    while (source.hasNext()) {
      last = Optional.of(source.next());
    }
    return orDefault(call, last);
  }

  private static Value single(Call call) {
    Iterator<Value> source = call.each(0);
    Optional<Value> only = Sequences.next(source);
    if (only.isEmpty() || source.hasNext()) {
      throw new Failure(
          "the collection has " + (only.isEmpty() ? "no" : "more than one") + " element");
    }
    return only.get();
  }

  private static Predicate<Value> equalTo(Call call) {
    return value -> {
      call.work().spend(Math.min(value.weight(), call.value(1).weight()));
      return value.equals(call.value(1));
    };
  }

  private static Predicate<Value> fitting(Call call) {
    return value -> call.lambda(1).call(value).isTrue();
  }

  private static Value place(Call call, Predicate<Value> fits, boolean last) {
    Iterator<Value> source = call.each(0);
    int found = -1;
    for (int place = 0; source.hasNext(); place++) {
      if (fits.test(source.next())) {
        found = place;
        if (!last) {
          break;
        }
      }
    }
    return Value.Int.of(found);
  }

  private static Value slice(Call call) {
    Iterator<Value> source = call.each(0);
    int length = count(call);
    return Sequences.lazy(
        call,
        () -> {
          List<Value> part = new ArrayList<>();
          while (part.size() < length && source.hasNext()) {
            part.add(source.next());
          }
          return part.isEmpty() ? Optional.empty() : Optional.of(ListFunctions.tuple(part));
        });
  }

  private static Value splitAt(Call call) {
    List<Value> all = call.all(0);
    return Value.Sequence.list(
        List.of(
            ListFunctions.tuple(Sequences.slice(all, 0, call.integer(1))),
            ListFunctions.tuple(Sequences.slice(all, call.integer(1), Integer.MAX_VALUE))));
  }

  /** Parts between the values that fit, which are left out. */
  private static Value splitWhere(Call call) {
    List<Value> all = call.all(0);
    int[] end = {0};
    return Sequences.lazy(
        call,
        () -> {
          int start = end[0];
          while (end[0] < all.size()) {
            end[0]++;
            if (call.lambda(1).call(all.get(end[0] - 1)).isTrue()) {
              return Optional.of(ListFunctions.tuple(all.subList(start, end[0] - 1)));
            }
          }
          return start == end[0]
              ? Optional.empty()
              : Optional.of(ListFunctions.tuple(all.subList(start, end[0])));
        });
  }

  /** Parts in which the predicate answers the same. */
  private static Value sliceWhere(Call call) {
    List<Value> all = call.all(0);
    int[] end = {0};
    List<Value> answers = new ArrayList<>();
    return Sequences.lazy(
        call,
        () -> {
          int start = end[0];
          while (end[0] < all.size()) {
            if (answers.size() == end[0]) {
              answers.add(call.lambda(1).call(all.get(end[0])));
            }
            if (end[0] > start && !answers.get(end[0]).equals(answers.get(end[0] - 1))) {
              break;
            }
            end[0]++;
          }
          return start == end[0]
              ? Optional.empty()
              : Optional.of(ListFunctions.tuple(all.subList(start, end[0])));
        });
  }
}
