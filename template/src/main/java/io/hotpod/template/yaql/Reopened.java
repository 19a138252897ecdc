package io.hotpod.template.yaql;

import java.util.Collection;
import java.util.Iterator;

/** Values of a dict: read again and again, but neither a list nor a set. */
record Reopened(Collection<Value> values) implements Value.Stream {
  @Override
  public Iterator<Value> open() {
    return values.iterator();
  }

  @Override
  public boolean isIterator() {
    return false;
  }

  @Override
  public long weight() {
    return Weights.weight(values);
  }
}
