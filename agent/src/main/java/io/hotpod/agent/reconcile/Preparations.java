package io.hotpod.agent.reconcile;

import io.hotpod.agent.runtime.Shortfall;
import io.hotpod.pod.DesiredPod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Contents that could not be prepared while an older pod serves, and when each is tried again: with
 * the pauses of a kubelet that cannot pull, from 10 s, doubled up to 5 min. Thread-safe.
 */
final class Preparations {
  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final Map<String, Missed> missed = new ConcurrentHashMap<>();

  /**
   * @param times attempts that failed in a row
   * @param failedAt by {@link System#nanoTime}
   */
  record Missed(DesiredPod pod, Shortfall shortfall, int times, long failedAt) {
    private Duration left() {
      Duration pause = FIRST.multipliedBy(1L << Math.min(times - 1, 5));
      return (pause.compareTo(LONGEST) < 0 ? pause : LONGEST)
          .minusNanos(System.nanoTime() - failedAt);
    }
  }

  void missed(DesiredPod pod, Shortfall shortfall) {
    int before = of(pod).map(Missed::times).orElse(0);
    missed.put(pod.id(), new Missed(pod, shortfall, before + 1, System.nanoTime()));
  }

  /** What became of the last attempt at this content; empty unless it failed. */
  Optional<Missed> of(DesiredPod pod) {
    return Optional.ofNullable(missed.get(pod.id()))
        .filter(one -> one.pod().token().equals(pod.token()));
  }

  /** Whether it is not too early for the next attempt. */
  boolean due(DesiredPod pod) {
    return of(pod).filter(one -> one.left().isPositive()).isEmpty();
  }

  /** Forgets what is not to replace anything any more. */
  void keepOnly(List<Task> tasks) {
    missed
        .values()
        .removeIf(
            one ->
                tasks.stream()
                    .noneMatch(
                        task ->
                            task instanceof Task.Replace replace
                                && replace.pod().id().equals(one.pod().id())
                                && replace.pod().token().equals(one.pod().token())));
  }

  /** How long until the next attempt is due, at most so long. */
  Duration next(Duration atMost) {
    return missed.values().stream()
        .map(Missed::left)
        .filter(Duration::isPositive)
        .filter(left -> left.compareTo(atMost) < 0)
        .min(Duration::compareTo)
        .orElse(atMost);
  }
}
