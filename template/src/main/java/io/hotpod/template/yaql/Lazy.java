package io.hotpod.template.yaql;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Values that are made only when they are asked for, and can be read once. Every value counts as
 * work, and iterators that read from one another count as depth. For one thread.
 */
final class Lazy implements Value.Stream, Iterator<Value> {
  private final Work work;
  private final Supplier<Optional<Value>> maker;
  private Optional<Value> next = Optional.empty();
  private boolean ended;

  /**
   * @param maker of the next value; empty at the end, and not called again then
   */
  Lazy(Work work, Supplier<Optional<Value>> maker) {
    this.work = work;
    this.maker = maker;
  }

  /** What is left of an iterator. */
  static Lazy of(Work work, Iterator<Value> source) {
    return new Lazy(work, () -> source.hasNext() ? Optional.of(source.next()) : Optional.empty());
  }

  @Override
  public Iterator<Value> open() {
    return this;
  }

  @Override
  public boolean isIterator() {
    return true;
  }

  @Override
  public boolean hasNext() {
    if (next.isEmpty() && !ended) {
      work.enter();
      try {
        next = maker.get();
      } finally {
        work.leave();
      }
      ended = next.isEmpty();
    }
    return next.isPresent();
  }

  @Override
  public Value next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Value value = next.orElseThrow();
    next = Optional.empty();
    return value;
  }
}
