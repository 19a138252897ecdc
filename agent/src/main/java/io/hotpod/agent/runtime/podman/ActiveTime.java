package io.hotpod.agent.runtime.podman;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * For how long a pod has been active. The machine's clock is asked once for each start of the pod,
 * about the time before this agent; from then on it may be set as anybody likes. Used by one
 * thread.
 */
final class ActiveTime {
  private Optional<Instant> startedAt = Optional.empty();
  private Duration before = Duration.ZERO;
  private long since;

  /**
   * @param start of the pod, on the machine's clock
   * @param now on the machine's clock
   * @param nanos now, by {@link System#nanoTime}
   */
  Duration at(Optional<Instant> start, Instant now, long nanos) {
    if (start.isEmpty()) {
      return Duration.ZERO;
    }
    if (!start.equals(startedAt)) {
      startedAt = start;
      Duration passed = Duration.between(start.get(), now);
      before = passed.isNegative() ? Duration.ZERO : passed;
      since = nanos;
    }
    return before.plusNanos(nanos - since);
  }
}
