package io.hotpod.bench;

import java.util.Arrays;
import java.util.Locale;

/** Times of many requests. Not thread-safe. */
final class Latencies {
  private double[] millis = new double[1024];
  private int size;

  void addNanos(long nanos) {
    if (size == millis.length) {
      millis = Arrays.copyOf(millis, 2 * size);
    }
    millis[size++] = nanos / 1e6;
  }

  void addAll(Latencies others) {
    for (int index = 0; index < others.size; index++) {
      addNanos(Math.round(others.millis[index] * 1e6));
    }
  }

  int size() {
    return size;
  }

  double percentile(double percent) {
    double[] sorted = Arrays.copyOf(millis, size);
    Arrays.sort(sorted);
    return sorted[(int) Math.min(size - 1L, Math.round(Math.ceil(size * percent / 100)) - 1)];
  }

  /** Such as {@code p50 0.8 ms, p99 3.1 ms}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "p50 %.1f ms, p99 %.1f ms", percentile(50), percentile(99));
  }
}
