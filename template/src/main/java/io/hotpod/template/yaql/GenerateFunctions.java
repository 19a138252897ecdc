package io.hotpod.template.yaql;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Functions that make iterators of nothing, some without an end. */
final class GenerateFunctions {
  private GenerateFunctions() {}

  static void register(Library library) {
    library
        .function("range", "stop: int", call -> range(call, BigInteger.ZERO, call.exact(0), 1))
        .function(
            "range",
            "start: int, stop: int, step: int = 1",
            call -> range(call, call.exact(0), call.exact(1), call.integer(2)))
        .function("sequence", "start: int = 0, step: int = 1", GenerateFunctions::sequence)
        .method("repeat", "value: any?, times: int = -1", GenerateFunctions::repeat)
        .method("cycle", "collection: iterable", GenerateFunctions::cycle)
        .function(
            "generate",
            "initial: any?, predicate: lambda, producer: lambda, selector: lambda = null,"
                + " decycle: bool = false",
            GenerateFunctions::generate)
        .function(
            "generateMany",
            "initial: any?, producer: lambda, selector: lambda = null, decycle: bool = false,"
                + " depthFirst: bool = false",
            GenerateFunctions::generateMany);
  }

  private static Value range(Call call, BigInteger start, BigInteger stop, int step) {
    if (step == 0) {
      throw new Failure("the step of range() cannot be zero");
    }
    return counted(
        call, start, step, next -> step > 0 ? next.compareTo(stop) < 0 : next.compareTo(stop) > 0);
  }

  private static Value sequence(Call call) {
    return counted(call, call.exact(0), call.integer(1), _ -> true);
  }

  private static Value counted(
      Call call, BigInteger start, int step, Predicate<BigInteger> goesOn) {
    BigInteger[] next = {start};
    return Sequences.lazy(
        call,
        () -> {
          BigInteger current = next[0];
          next[0] = current.add(BigInteger.valueOf(step));
          return goesOn.test(current) ? Optional.of(new Value.Int(current)) : Optional.empty();
        });
  }

  private static Value repeat(Call call) {
    boolean endless = call.integer(1) < 0;
    int[] left = {call.integer(1)};
    return Sequences.lazy(
        call,
        () -> {
          left[0] -= endless ? 0 : 1;
          return endless || left[0] >= 0 ? call.given(0) : Optional.empty();
        });
  }

  private static Value cycle(Call call) {
    Iterator<Value> source = call.each(0);
    List<Value> seen = new ArrayList<>();
    int[] place = {0};
    return Sequences.lazy(
        call,
        () -> {
          if (source.hasNext()) {
            seen.add(source.next());
            return Optional.of(seen.getLast());
          }
          if (seen.isEmpty()) {
            return Optional.empty();
          }
          place[0]++;
          return Optional.of(seen.get((place[0] - 1) % seen.size()));
        });
  }

  private static Value generate(Call call) {
    Value[] next = {call.value(0)};
    boolean[] begun = {false};
    Set<Value> past = new HashSet<>();
    return Sequences.lazy(
        call,
        () -> {
          if (begun[0]) {
            next[0] = call.lambda(2).call(next[0]);
          }
          begun[0] = true;
          boolean ends =
              !call.lambda(1).call(next[0]).isTrue()
                  || (call.flag(4) && isPast(call, past, next[0]));
          return ends ? Optional.empty() : Optional.of(selected(call, 3, next[0]));
        });
  }

  private static Value generateMany(Call call) {
    Deque<Value> waiting = new ArrayDeque<>(List.of(call.value(0)));
    Set<Value> past = new HashSet<>();
    List<Value> given = new ArrayList<>();
    return Sequences.lazy(
        call,
        () -> {
          // What a value produces is looked at only when the one behind it is asked for.
          if (!given.isEmpty()) {
            produce(call, given.removeFirst(), waiting);
          }
          while (!waiting.isEmpty()) {
            Value value = waiting.pollFirst();
            if (!call.flag(3) || !isPast(call, past, value)) {
              given.add(value);
              return Optional.of(selected(call, 2, value));
            }
          }
          return Optional.empty();
        });
  }

  private static void produce(Call call, Value value, Deque<Value> waiting) {
    Value produced = call.lambda(1).call(value);
    if (!Sequences.isIterable(produced)) {
      throw new Failure(
          "the producer of generateMany() gives a collection, not " + produced.kind());
    }
    List<Value> more = call.all(call.each(produced));
    if (call.flag(4)) {
      more.reversed().forEach(waiting::addFirst);
    } else {
      waiting.addAll(more);
    }
    call.work().refuseBytes(8L * waiting.size());
  }

  private static Value selected(Call call, int selector, Value value) {
    return call.optionalLambda(selector).map(by -> by.call(value)).orElse(value);
  }

  private static boolean isPast(Call call, Set<Value> past, Value value) {
    int before = past.size();
    SetFunctions.add(past, value, call.work());
    return past.size() == before;
  }
}
