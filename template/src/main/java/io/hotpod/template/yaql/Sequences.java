package io.hotpod.template.yaql;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What several functions do with lists and iterators. */
final class Sequences {
  private Sequences() {}

  /** An element by its place; negative ones count from the end. */
  static Value get(Value.Sequence sequence, int index) {
    int place = index < 0 ? index + sequence.size() : index;
    if (place < 0 || place >= sequence.size()) {
      throw new Failure(
          "there is no element %d in a list of %d".formatted(index, sequence.size()), true);
    }
    return sequence.items().get(place);
  }

  /** Goes through a collection; more elements than allowed are refused when they come. */
  static Iterator<Value> each(Value collection, Work work) {
    if (collection instanceof Value.Sized sized) {
      work.refuseElements(sized.size());
      work.spend(1L + sized.size() / 4);
      return sized.members().iterator();
    }
    Iterator<Value> source = ((Value.Stream) collection).open();
    int[] count = {0};
    return new Lazy(
        work,
        () -> {
          if (!source.hasNext()) {
            return Optional.empty();
          }
          count[0]++;
          work.refuseElements(count[0]);
          return Optional.of(source.next());
        });
  }

  static Value.Stream lazy(Call call, Supplier<Optional<Value>> maker) {
    return new Lazy(call.work(), maker);
  }

  static Value.Stream lazy(Call call, Iterator<Value> source) {
    return Lazy.of(call.work(), source);
  }

  static Optional<Value> next(Iterator<Value> source) {
    return source.hasNext() ? Optional.of(source.next()) : Optional.empty();
  }

  /** All values of collections one after the other; each is opened when its turn comes. */
  static Value.Stream chain(Call call, List<Value> collections) {
    Iterator<Value> remaining = collections.iterator();
    List<Iterator<Value>> current = new ArrayList<>();
    return lazy(
        call,
        () -> {
          while (current.isEmpty() || !current.getFirst().hasNext()) {
            if (!remaining.hasNext()) {
              return Optional.empty();
            }
            current.clear();
            current.add(call.each(remaining.next()));
          }
          return Optional.of(current.getFirst().next());
        });
  }

  /** Whether something can be gone through, strings and dicts aside. */
  static boolean isIterable(Value value) {
    return ParameterType.ITERABLE.accepts(value);
  }

  /** Arguments of which those that are iterators are replaced by their values. */
  static List<Value> unrolled(Call call) {
    List<Value> all = new ArrayList<>();
    unroll(call, call.rest().iterator(), all);
    call.work().refuseElements(all.size());
    return all;
  }

  private static void unroll(Call call, Iterator<Value> source, List<Value> all) {
    call.work().enter();
    while (source.hasNext()) {
      Value value = source.next();
      if (value instanceof Value.Stream stream && stream.isIterator()) {
        unroll(call, stream.open(), all);
      } else {
        all.add(value);
        call.work().spend(1);
        call.work().refuseElements(all.size());
      }
    }
    call.work().leave();
  }

  /** {@code items[start:end]} */
  static List<Value> slice(List<Value> items, int start, int end) {
    int from = Texts.place(start, items.size());
    return items.subList(from, Math.max(from, Texts.place(end, items.size())));
  }
}
