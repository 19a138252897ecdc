package io.hotpod.template.yaql;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** An iterator that remembers, so that it can be read again. For one thread. */
final class Replayed implements Value.Stream {
  private final Work work;
  private final Iterator<Value> source;
  private final List<Value> seen = new ArrayList<>();

  Replayed(Work work, Iterator<Value> source) {
    this.work = work;
    this.source = source;
  }

  @Override
  public Iterator<Value> open() {
    int[] index = {0};
    return new Lazy(
        work,
        () -> {
          if (index[0] == seen.size()) {
            if (!source.hasNext()) {
              return Optional.empty();
            }
            seen.add(source.next());
            work.refuseBytes(56 + 8L * seen.size());
          }
          index[0]++;
          return Optional.of(seen.get(index[0] - 1));
        });
  }

  @Override
  public boolean isIterator() {
    return true;
  }
}
