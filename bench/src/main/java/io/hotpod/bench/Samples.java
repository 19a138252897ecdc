package io.hotpod.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Times of repeated runs, in milliseconds. */
final class Samples {
  private final List<Double> values = new ArrayList<>();

  void add(double milliseconds) {
    values.add(milliseconds);
  }

  double median() {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** Median, least and most. */
  @Override
  public String toString() {
    List<Double> sorted = values.stream().sorted().toList();
    return String.format(
        Locale.ROOT,
        "%.0f ms (%.0f–%.0f, %d runs)",
        median(),
        sorted.getFirst(),
        sorted.getLast(),
        sorted.size());
  }

  /** Runs something and adds how long it took. */
  void time(Runnable work) {
    long start = System.nanoTime();
    work.run();
    add((System.nanoTime() - start) / 1e6);
  }
}
