package io.hotpod.template.yaql;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Values that are sorted when they are first read, by one field after the other. */
final class Ordered implements Value.Stream {
  /** What to sort by. */
  record Field(Value.Lambda selector, boolean isAscending) {}

  /** A value with what it is sorted by, each evaluated when first needed and only then. */
  private static final class Keyed {
    private final Value value;
    private final List<Value> keys = new ArrayList<>();

    Keyed(Value value) {
      this.value = value;
    }

    Value key(int index, List<Field> fields) {
      while (keys.size() <= index) {
        keys.add(fields.get(keys.size()).selector().call(value));
      }
      return keys.get(index);
    }
  }

  private final Library library;
  private final Work work;
  private final Iterator<Value> source;
  private final List<Field> fields = new ArrayList<>();
  private final List<Value> sorted = new ArrayList<>();
  private boolean isRead;

  Ordered(Library library, Work work, Iterator<Value> source, Field first) {
    this.library = library;
    this.work = work;
    this.source = source;
    fields.add(first);
  }

  void add(Field field) {
    fields.add(field);
  }

  @Override
  public Iterator<Value> open() {
    if (!isRead) {
      isRead = true;
      sort();
    }
    return Lazy.of(work, sorted.iterator());
  }

  private void sort() {
    List<Keyed> keyed = new ArrayList<>();
    source.forEachRemaining(value -> keyed.add(new Keyed(value)));
    try {
      keyed.sort(this::compare);
    } catch (IllegalArgumentException contradictory) {
      throw new Failure("the values have no order: comparing them contradicts itself");
    }
    keyed.forEach(item -> sorted.add(item.value));
  }

  private int compare(Keyed left, Keyed right) {
    work.spend(1);
    for (int i = 0; i < fields.size(); i++) {
      Value first = left.key(i, fields);
      Value second = right.key(i, fields);
      int order = 0;
      if (library.operate("<", work, first, second).isTrue()) {
        order = -1;
      } else if (library.operate(">", work, first, second).isTrue()) {
        order = 1;
      }
      if (order != 0) {
        return fields.get(i).isAscending() ? order : -order;
      }
    }
    return 0;
  }

  @Override
  public boolean isIterator() {
    return false;
  }
}
