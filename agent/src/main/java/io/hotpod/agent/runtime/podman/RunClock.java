package io.hotpod.agent.runtime.podman;

import io.hotpod.agent.runtime.podman.libpod.ContainerView;
import io.hotpod.pod.ContainerState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long the runs of one container last: by this process's own clock where it started them, or
 * else by the machine's, which somebody may have set meanwhile. For one thread.
 */
final class RunClock {
  /** Without a readiness probe it is ready when it is still there after so long. */
  private static final Duration SETTLE = Duration.ofMillis(20);

  private Optional<Long> startedAt = Optional.empty();
  private Optional<Instant> foundAt = Optional.empty();

  void started() {
    startedAt = Optional.of(System.nanoTime());
  }

  /**
   * @param at when it was found running; empty when it was not
   */
  void found(Optional<Instant> at) {
    foundAt = at;
  }

  /** How long the run took that ended so. */
  Duration ended(ContainerState.Terminated how) {
    Optional<Long> started = startedAt;
    startedAt = Optional.empty();
    if (started.isPresent()) {
      return Duration.ofNanos(System.nanoTime() - started.get());
    }
    return how.startedAt().isPresent() && how.finishedAt().isPresent()
        ? Duration.between(how.startedAt().get(), how.finishedAt().get())
        : Duration.ZERO;
  }

  /**
   * How long it has to run on before it counts as ready. Longer after failures; what ran for longer
   * already need not wait. Empty when it was found after it had run for so long.
   */
  Optional<Duration> toSettle(ContainerView running, int failures, Instant now) {
    Optional<Instant> found = foundAt;
    foundAt = Optional.empty();
    return found.isPresent() && left(running, failures, found.get()).isZero()
        ? Optional.empty()
        : Optional.of(left(running, failures, now));
  }

  private static Duration left(ContainerView running, int failures, Instant now) {
    Duration needed = failures == 0 ? SETTLE : Duration.ofSeconds(Math.min(failures, 10));
    Duration ran = Duration.between(running.startedAt().orElse(now), now);
    // One from the future was started before somebody set the clock.
    Duration left = ran.isNegative() ? needed : needed.minus(ran);
    return left.isNegative() ? Duration.ZERO : left;
  }
}
