package io.hotpod.engine.run;

import io.hotpod.engine.stack.Operation;
import java.time.Duration;
import java.time.Instant;

/**
 * How long an operation may still take in this process. Once it runs, the time that passes counts,
 * whatever the clock of the machine is set to. Thread-safe.
 */
final class TimeLeft {
  /** What an operation gets whose time ran out while nobody could carry it out. */
  static final Duration GRACE = Duration.ofSeconds(30);

  private final Duration atFirst;
  private final long began = System.nanoTime();

  private TimeLeft(Duration atFirst) {
    this.atFirst = atFirst;
  }

  /**
   * The time that an operation has when it is taken up: until its deadline, but enough for what
   * needs to be found done only, and never more than it was given.
   */
  static TimeLeft of(Operation operation, Instant now) {
    Duration given = Duration.between(operation.acceptedAt(), operation.deadline());
    Duration least = given.compareTo(GRACE) < 0 ? given : GRACE;
    Duration left = Duration.between(now, operation.deadline());
    Duration most = left.compareTo(given) > 0 ? given : left;
    return new TimeLeft(most.compareTo(least) < 0 ? least : most);
  }

  /** What is left now; negative when it is over. */
  Duration now() {
    return atFirst.minusNanos(System.nanoTime() - began);
  }
}
