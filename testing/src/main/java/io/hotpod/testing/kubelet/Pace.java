package io.hotpod.testing.kubelet;

import java.util.random.RandomGenerator;

/**
 * How fast time passes: every delay is given in the seconds that were measured, and takes a
 * fraction of them. Thread-safe when the source of random numbers is.
 *
 * @param scale 1 for the real delays
 */
public record Pace(double scale, RandomGenerator random) {
  /** So many nanoseconds stand for so many seconds. */
  long nanos(double seconds) {
    return (long) (seconds * scale * 1e9);
  }

  /** Somewhere between two times, in nanoseconds. */
  long between(double least, double most) {
    return nanos(least + (most - least) * random.nextDouble());
  }

  /** The seconds that nanoseconds stand for. */
  double seconds(long nanos) {
    return nanos / 1e9 / scale;
  }
}
