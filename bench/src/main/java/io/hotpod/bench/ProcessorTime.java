package io.hotpod.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What a process took of the processors, over a span of time.
 *
 * @param seconds of processor time so far
 * @param nanos when, by {@link System#nanoTime}
 */
record ProcessorTime(double seconds, long nanos) {
  /** By proc(5): fields 14 and 15, in hundredths of a second on every Linux that there is. */
  static ProcessorTime of(Process process) {
    try {
      String line = Files.readString(Path.of("/proc", process.pid() + "", "stat"));
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
      double ticks = Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
      return new ProcessorTime(ticks / 100, System.nanoTime());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the times of " + process.pid(), e);
    }
  }

  /**
   * Of all that ran on this machine, by proc(5): the first line of {@code /proc/stat} without what
   * was idle, waited for a disk, or was given to other machines of the same host.
   */
  static ProcessorTime ofMachine() {
    try {
      String[] fields = Files.readAllLines(Path.of("/proc/stat")).getFirst().split(" +", -1);
      double ticks =
          IntStream.of(1, 2, 3, 6, 7).mapToDouble(field -> Double.parseDouble(fields[field])).sum();
      return new ProcessorTime(ticks / 100, System.nanoTime());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the times of this machine", e);
    }
  }

  /** What was taken since then, in hundredths of what all took meanwhile. */
  double partSince(ProcessorTime before, ProcessorTime all, ProcessorTime allBefore) {
    return 100 * (seconds - before.seconds()) / (all.seconds() - allBefore.seconds());
  }

  /** What was taken since then, in hundredths of one processor. */
  double partSince(ProcessorTime before) {
    return 100 * (seconds - before.seconds()) / secondsSince(before);
  }

  private double secondsSince(ProcessorTime before) {
    return (nanos - before.nanos()) / 1e9;
  }

  /** The part of one processor that was taken since then, such as {@code 4.2 % (1.3 s of 31 s)}. */
  String since(ProcessorTime before) {
    return String.format(
        Locale.ROOT,
        "%.1f %% of one core (%.1f s of %.0f s)",
        partSince(before),
        seconds - before.seconds(),
        secondsSince(before));
  }
}
