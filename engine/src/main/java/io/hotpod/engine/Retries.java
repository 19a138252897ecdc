package io.hotpod.engine;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often a step is attempted once more after a failure that may pass by itself, and how long it
 * waits before. As in Heat, the n-th further attempt follows after {@code base * 2^n} and up to
 * {@code jitter} more, so that many that failed together do not come back together.
 *
 * @param limit further attempts after the first; 0 for none. Heat's {@code action_retry_limit}
 * @param base of the back-off
 * @param jitter the most that is added to it
 */
public record Retries(int limit, Duration base, Duration jitter) {
  /** Heat's: after 2, 4, 8, 16 and 32 seconds, with up to two more. */
  public static final Retries DEFAULT =
      new Retries(5, Duration.ofSeconds(1), Duration.ofSeconds(2));

  private static final int LONGEST_EXPONENT = 16;

  /**
   * @throws IllegalArgumentException when one is negative
   */
  public Retries {
    requireNonNull(base, "base is null");
    requireNonNull(jitter, "jitter is null");
    if (limit < 0 || base.isNegative() || jitter.isNegative()) {
      throw new IllegalArgumentException(
          "retries cannot be negative: %d, %s, %s".formatted(limit, base, jitter));
    }
  }

  /** The same times with another number of further attempts. */
  public Retries upTo(int newLimit) {
    return new Retries(newLimit, base, jitter);
  }

  /**
   * How long to wait before a further attempt.
   *
   * @param further which one, from 1
   */
  public Duration before(int further, RandomGenerator random) {
    Duration backOff = base.multipliedBy(1L << Math.min(further, LONGEST_EXPONENT));
    return jitter.isZero() ? backOff : backOff.plusNanos(random.nextLong(jitter.toNanos()));
  }
}
