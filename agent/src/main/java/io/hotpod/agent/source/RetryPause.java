package io.hotpod.agent.source;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after the n-th failure in a row: 250 ms doubled up to 15 s, with up to half of
 * it added by chance, so that many agents do not come back at once. For one thread.
 */
public final class RetryPause {
  private static final Duration FIRST = Duration.ofMillis(250);
  private static final Duration LONGEST = Duration.ofSeconds(15);

  private final RandomGenerator random;
  private Duration next = FIRST;

  public RetryPause(RandomGenerator random) {
    this.random = random;
  }

  /** The next pause, longer than the last one. */
  public Duration next() {
    Duration pause = next.plusMillis(random.nextLong(next.toMillis() / 2 + 1));
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
  }

  /** It worked. */
  public void reset() {
    next = FIRST;
  }
}
