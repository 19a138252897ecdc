package io.hotpod.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What repeated runs gave: times in milliseconds, parts in hundredths, rates, or relations. */
final class Samples {
  private final List<Double> values = new ArrayList<>();

  void add(double value) {
    values.add(value);
  }

  double median() {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** Median, least and most of times. */
  @Override
  public String toString() {
    return told("%.0f ms (%.0f–%.0f, %d runs)");
  }

  /** The same of parts. */
  String inHundredths() {
    return told("%.1f %% (%.1f–%.1f, %d runs)");
  }

  /** The same of memory. */
  String inMebibytes() {
    return told("%.0f MiB (%.0f–%.0f, %d runs)");
  }

  /** The same of relations. */
  String inTimes() {
    return told("%.2f times (%.2f–%.2f, %d runs)");
  }

  private String told(String format) {
    List<Double> sorted = values.stream().sorted().toList();
    return String.format(
        Locale.ROOT, format, median(), sorted.getFirst(), sorted.getLast(), sorted.size());
  }

  /** Runs something and adds how long it took. */
  void time(Runnable work) {
    long start = System.nanoTime();
    work.run();
    add((System.nanoTime() - start) / 1e6);
  }
}
