package io.hotpod.template.yaql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Functions that select from collections; most of them make values when they are asked for. */
final class QueryFunctions {
  private static final String FILTER = "collection: iterable, predicate: lambda";
  private static final String SELECTOR = "collection: iterable, selector: lambda";
  private static final String TEST = "collection: iterable, predicate: lambda = null";

  private QueryFunctions() {}

  static void register(Library library) {
    library
        .method("where", FILTER, QueryFunctions::where)
        .method("filter", FILTER, QueryFunctions::where)
        .method("select", SELECTOR, QueryFunctions::select)
        .method("map", SELECTOR, QueryFunctions::select)
        .method("selectMany", SELECTOR, QueryFunctions::selectMany)
        .method("takeWhile", FILTER, QueryFunctions::takeWhile)
        .method("skipWhile", FILTER, QueryFunctions::skipWhile)
        .both("any", TEST, call -> Value.Bool.of(matches(call, true)))
        .both("all", TEST, call -> Value.Bool.of(!matches(call, false)))
        .both(
            "distinct",
            "collection: iterable, keySelector: lambda = null",
            QueryFunctions::distinct)
        .both("append", "collection: iterable, *args: any?", QueryFunctions::append)
        .both("concat", "*collections: iterable", call -> Sequences.chain(call, call.rest()))
        .both("enumerate", "collection: iterable, start: int = 0", QueryFunctions::enumerate)
        .method("zip", "*collections: iterable", call -> zip(call, Optional.empty()))
        .method("zipLongest", "*collections: iterable, **named", QueryFunctions::zipLongest)
        .method(
            "join",
            "collection1: iterable, collection2: iterable, predicate: lambda, selector: lambda",
            QueryFunctions::join)
        .method("memorize", "collection: iterable", QueryFunctions::memorize)
        .method(
            "defaultIfEmpty",
            "collection: iterable, default: iterable",
            QueryFunctions::defaultIfEmpty);
  }

  private static Value where(Call call) {
    Iterator<Value> source = call.each(0);
    return Sequences.lazy(
        call,
        () -> {
          while (source.hasNext()) {
            Value value = source.next();
            if (call.lambda(1).call(value).isTrue()) {
              return Optional.of(value);
            }
          }
          return Optional.empty();
        });
  }

  private static Value select(Call call) {
    Iterator<Value> source = call.each(0);
    return Sequences.lazy(
        call, () -> Sequences.next(source).map(value -> call.lambda(1).call(value)));
  }

  private static Value selectMany(Call call) {
    Iterator<Value> source = call.each(0);
    List<Iterator<Value>> inner = new ArrayList<>();
    return Sequences.lazy(
        call,
        () -> {
          while (inner.isEmpty() || !inner.getFirst().hasNext()) {
            inner.clear();
            if (!source.hasNext()) {
              return Optional.empty();
            }
            Value selected = call.lambda(1).call(source.next());
            if (!Sequences.isIterable(selected)) {
              return Optional.of(selected);
            }
            inner.add(
                selected instanceof Value.Stream stream
                    ? stream.open()
                    : ((Value.Sized) selected).members().iterator());
          }
          return Optional.of(inner.getFirst().next());
        });
  }

  private static Value takeWhile(Call call) {
    Iterator<Value> source = call.each(0);
    return Sequences.lazy(
        call, () -> Sequences.next(source).filter(value -> call.lambda(1).call(value).isTrue()));
  }

  private static Value skipWhile(Call call) {
    Iterator<Value> source = call.each(0);
    boolean[] begun = {false};
    return Sequences.lazy(
        call,
        () -> {
          Optional<Value> next = Sequences.next(source);
          while (!begun[0] && next.isPresent() && call.lambda(1).call(next.get()).isTrue()) {
            next = Sequences.next(source);
          }
          begun[0] = true;
          return next;
        });
  }

  /**
   * Whether one value is, or is not, as the predicate wants it; {@code any} of an empty predicate
   * takes every value.
   */
  private static boolean matches(Call call, boolean wanted) {
    Iterator<Value> source = call.each(0);
    Optional<Value.Lambda> predicate = call.optionalLambda(1);
    while (source.hasNext()) {
      Value value = source.next();
      boolean fits =
          predicate
              .map(test -> test.call(value).isTrue())
              .orElseGet(() -> wanted || value.isTrue());
      if (fits == wanted) {
        return true;
      }
    }
    return false;
  }

  private static Value distinct(Call call) {
    Iterator<Value> source = call.each(0);
    Set<Value> seen = new HashSet<>();
    return Sequences.lazy(
        call,
        () -> {
          while (source.hasNext()) {
            Value value = source.next();
            Value key = call.optionalLambda(1).map(by -> by.call(value)).orElse(value);
            int before = seen.size();
            SetFunctions.add(seen, key, call.work());
            if (seen.size() > before) {
              return Optional.of(value);
            }
          }
          return Optional.empty();
        });
  }

  private static Value append(Call call) {
    Iterator<Value> source = call.each(0);
    Iterator<Value> more = call.rest().iterator();
    return Sequences.lazy(call, () -> Sequences.next(source).or(() -> Sequences.next(more)));
  }

  private static Value enumerate(Call call) {
    Iterator<Value> source = call.each(0);
    long[] number = {call.integer(1)};
    return Sequences.lazy(
        call,
        () ->
            Sequences.next(source)
                .map(
                    value -> {
                      number[0]++;
                      return Value.Sequence.list(List.of(Value.Int.of(number[0] - 1), value));
                    }));
  }

  private static Value zipLongest(Call call) {
    return zip(call, Optional.of(call.named().getOrDefault("default", Value.Null.NULL)));
  }

  /**
   * @param filler for those that end early; without one the shortest ends all
   */
  private static Value zip(Call call, Optional<Value> filler) {
    List<Iterator<Value>> sources = call.rest().stream().map(call::each).toList();
    return Sequences.lazy(
        call,
        () -> {
          List<Value> row = new ArrayList<>();
          boolean any = false;
          for (Iterator<Value> source : sources) {
            call.work().spend(1);
            Optional<Value> next = Sequences.next(source);
            any |= next.isPresent();
            if (next.isEmpty() && filler.isEmpty()) {
              return Optional.empty();
            }
            row.add(next.or(() -> filler).orElseThrow());
          }
          return any ? Optional.of(Value.Sequence.tuple(row)) : Optional.empty();
        });
  }

  private static Value join(Call call) {
    Iterator<Value> outer = call.each(0);
    // The second collection is gone through once for each value of the first.
    Value again =
        call.value(1) instanceof Value.Stream stream && stream.isIterator()
            ? new Replayed(call.work(), call.each(1))
            : call.value(1);
    List<Value> left = new ArrayList<>();
    List<Iterator<Value>> inner = new ArrayList<>();
    return Sequences.lazy(
        call,
        () -> {
          while (true) {
            if (inner.isEmpty() || !inner.getFirst().hasNext()) {
              left.clear();
              inner.clear();
              if (!outer.hasNext()) {
                return Optional.empty();
              }
              left.add(outer.next());
              inner.add(call.each(again));
            } else {
              Value right = inner.getFirst().next();
              if (call.lambda(2).call(left.getFirst(), right).isTrue()) {
                return Optional.of(call.lambda(3).call(left.getFirst(), right));
              }
            }
          }
        });
  }

  private static Value memorize(Call call) {
    return call.value(0) instanceof Value.Stream stream && stream.isIterator()
        ? new Replayed(call.work(), call.each(0))
        : call.value(0);
  }

  private static Value defaultIfEmpty(Call call) {
    if (call.value(0) instanceof Value.Sized sized) {
      return sized.size() == 0 ? call.value(1) : sized;
    }
    Replayed source = new Replayed(call.work(), call.each(0));
    return source.open().hasNext() ? source : call.value(1);
  }
}
