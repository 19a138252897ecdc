package io.hotpod.agent.source.heat;

import java.time.Duration;

/**
 * How long to wait before Heat is asked again: a second after something happened, then doubled up
 * to the usual interval. What follows a signal comes soon, and an idle server is asked rarely. For
 * one thread.
 */
final class PollPace {
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private Duration next = SHORTEST;

  /**
   * @param usual the longest pause
   */
  Duration next(Duration usual) {
    Duration pause = next.compareTo(usual) < 0 ? next : usual;
    next = pause.multipliedBy(2);
    return pause;
  }

  /** Something happened. */
  void hurry() {
    next = SHORTEST;
  }
}
