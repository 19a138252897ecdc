package io.hotpod.agent.runtime.podman;

import java.time.Duration;

/**
 * How long to wait before the next attempt: nothing before the first repetition, then 10 s, doubled
 * up to 5 min, as a kubelet does. Pure.
 */
final class BackOff {
  /** A container that ran for so long begins anew. */
  static final Duration RESET = Duration.ofMinutes(10);

  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration FIRST_LOCAL = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private BackOff() {}

  /** Before starting a container again that ended {@code ends} times in a row. */
  static Duration restart(int ends) {
    return ends <= 1 ? Duration.ZERO : doubled(FIRST, ends - 2);
  }

  /** Before repeating what was refused {@code failures} times in a row. */
  static Duration retry(int failures) {
    return doubled(FIRST, failures - 1);
  }

  /** Before the next attempt after so many failures in a row of something on this machine. */
  static Duration local(int failures) {
    return doubled(FIRST_LOCAL, failures - 1);
  }

  private static Duration doubled(Duration first, int times) {
    Duration delay = first;
    for (int i = 0; i < times && delay.compareTo(LONGEST) < 0; i++) {
      delay = delay.multipliedBy(2);
    }
    return delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
  }
}
