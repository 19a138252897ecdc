package io.hotpod.agent.runtime.kubelet;

import java.time.Duration;

/**
 * For how long a kubelet that answers has not shown a pod. Silence says nothing about the pod, so
 * of the time between two views no more counts than usually passes between them. Used by one
 * thread.
 */
final class Unshown {
  private final Duration mostOfAView;
  private long counted;
  private Duration time = Duration.ZERO;

  /**
   * @param mostOfAView counted of the time before one view
   * @param since by {@link System#nanoTime}
   */
  Unshown(Duration mostOfAView, long since) {
    this.mostOfAView = mostOfAView;
    this.counted = since;
  }

  /**
   * It is in this view.
   *
   * @param begun when the kubelet was asked, by {@link System#nanoTime}
   */
  void shown(long begun) {
    counted = begun;
    time = Duration.ZERO;
  }

  /** It is not in this view; says for how long now. */
  Duration missing(long begun) {
    Duration passed = Duration.ofNanos(Math.max(0, begun - counted));
    counted += passed.toNanos();
    time = time.plus(passed.compareTo(mostOfAView) < 0 ? passed : mostOfAView);
    return time;
  }
}
