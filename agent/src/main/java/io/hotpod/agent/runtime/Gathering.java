package io.hotpod.agent.runtime;

import java.time.Duration;

/**
 * The pause after something that was done for all pods of a machine, until it is done again: with
 * many pods the changes of a burst are taken together, with few it is nothing.
 */
public final class Gathering {
  private static final Duration EACH = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofMillis(100);

  private Gathering() {}

  /**
   * @param pods how many there are
   */
  public static Duration of(int pods) {
    Duration pause = EACH.multipliedBy(pods);
    return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
  }
}
