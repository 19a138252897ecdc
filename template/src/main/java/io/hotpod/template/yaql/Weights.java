package io.hotpod.template.yaql;

import java.util.Collection;

/** Sums of sizes that stop growing instead of overflowing: shared parts count again and again. */
final class Weights {
  private static final long MOST = Long.MAX_VALUE / 4;

  private Weights() {}

  static long sum(long left, long right) {
    return Math.min(MOST, left + right);
  }

  static long weight(Collection<Value> members) {
    long weight = 1;
    for (Value member : members) {
      weight = sum(weight, member.weight());
    }
    return weight;
  }

  static int height(Collection<Value> members) {
    int height = 0;
    for (Value member : members) {
      height = Math.max(height, member.height());
    }
    return height + 1;
  }
}
