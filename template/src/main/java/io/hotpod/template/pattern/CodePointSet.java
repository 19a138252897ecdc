package io.hotpod.template.pattern;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;

/** A set of code points: ranges in ascending order that do not touch. Immutable. */
final class CodePointSet {
  static final CodePointSet EVERYTHING = range(0, Character.MAX_CODE_POINT);

  /** Both ends of each range, inclusive, one after the other. */
  private final int[] bounds;

  /** The first 128 as bits, since most texts are made of them. */
  private final long low;

  private final long high;

  private CodePointSet(int[] bounds) {
    this.bounds = bounds;
    long lowBits = 0;
    long highBits = 0;
    for (int codePoint = 0; codePoint < 64; codePoint++) {
      lowBits |= search(codePoint) ? 1L << codePoint : 0;
      highBits |= search(codePoint + 64) ? 1L << codePoint : 0;
    }
    this.low = lowBits;
    this.high = highBits;
  }

  static CodePointSet of(int codePoint) {
    return range(codePoint, codePoint);
  }

  static CodePointSet range(int first, int last) {
    return new CodePointSet(new int[] {first, last});
  }

  static CodePointSet where(IntPredicate predicate) {
    Builder builder = new Builder();
    int first = -1;
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT + 1; codePoint++) {
      boolean inside = codePoint <= Character.MAX_CODE_POINT && predicate.test(codePoint);
      if (inside && first < 0) {
        first = codePoint;
      } else if (!inside && first >= 0) {
        builder.add(first, codePoint - 1);
        first = -1;
      }
    }
    return builder.build();
  }

  boolean contains(int codePoint) {
    if (codePoint < 64) {
      return (low >>> codePoint & 1) != 0;
    }
    if (codePoint < 128) {
      return (high >>> codePoint & 1) != 0;
    }
    return search(codePoint);
  }

  private boolean search(int codePoint) {
    int found = Arrays.binarySearch(bounds, codePoint);
    return found >= 0 || (-found - 1) % 2 == 1;
  }

  CodePointSet complement() {
    Builder builder = new Builder();
    int next = 0;
    for (int i = 0; i < bounds.length; i += 2) {
      if (next < bounds[i]) {
        builder.add(next, bounds[i] - 1);
      }
      next = bounds[i + 1] + 1;
    }
    if (next <= Character.MAX_CODE_POINT) {
      builder.add(next, Character.MAX_CODE_POINT);
    }
    return builder.build();
  }

  /** Gathers ranges in any order. For one thread. */
  static final class Builder {
    private final List<int[]> ranges = new ArrayList<>();

    Builder add(int first, int last) {
      ranges.add(new int[] {first, last});
      return this;
    }

    Builder add(CodePointSet set) {
      for (int i = 0; i < set.bounds.length; i += 2) {
        add(set.bounds[i], set.bounds[i + 1]);
      }
      return this;
    }

    CodePointSet build() {
      ranges.sort(Comparator.comparingInt(range -> range[0]));
      int[] bounds = new int[ranges.size() * 2];
      int size = 0;
      for (int[] range : ranges) {
        if (size > 0 && range[0] <= bounds[size - 1] + 1) {
          bounds[size - 1] = Math.max(bounds[size - 1], range[1]);
        } else {
          bounds[size] = range[0];
          bounds[size + 1] = range[1];
          size += 2;
        }
      }
      return new CodePointSet(Arrays.copyOf(bounds, size));
    }
  }
}
