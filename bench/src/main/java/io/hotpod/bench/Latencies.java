package io.hotpod.bench;

import java.util.Arrays;
import java.util.Locale;

/** Times of many requests. Not thread-safe. */
final class Latencies {
  private long[] nanos = new long[128 * 1024];
  private int size;

  void addNanos(long time) {
    if (size == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * size);
    }
    nanos[size++] = time;
  }

  void addAll(Latencies others) {
    for (int index = 0; index < others.size; index++) {
      addNanos(others.nanos[index]);
    }
  }

  int size() {
    return size;
  }

  /** In milliseconds. */
  double percentile(double percent) {
    long[] sorted = Arrays.copyOf(nanos, size);
    Arrays.sort(sorted);
    return sorted[(int) Math.min(size - 1L, Math.round(Math.ceil(size * percent / 100)) - 1)] / 1e6;
  }

  /** Such as {@code p50 0.8 ms, p99 3.1 ms}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "p50 %.1f ms, p99 %.1f ms", percentile(50), percentile(99));
  }
}
