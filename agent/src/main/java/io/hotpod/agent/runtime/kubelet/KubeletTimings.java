package io.hotpod.agent.runtime.kubelet;

import java.time.Duration;

/**
 * How patient a runtime is with its kubelet. A kubelet tells nothing by itself, so it is asked:
 * often while something is under way, seldom otherwise.
 *
 * @param busyPoll between two questions while something is under way
 * @param idlePoll between two questions otherwise; a kubelet itself looks at its containers once a
 *     second
 * @param busyFor how long after the last change something counts as under way
 * @param shownWithin a file that is not shown after this time is not going to be: the kubelet's
 *     directory is listed as a whole once in that time
 * @param blockedAfter how long a pod may be shown without containers before it is taken to wait in
 *     the kubelet's own queue, where it would stay for 10 to 15 s
 * @param stopMargin how much longer than its grace period a pod takes to stop
 * @param retryAfter before repeating what failed on this machine, such as a write to a full disk
 * @param deadline of one request
 * @param settle how long a container runs, for each failure in a row, before it counts as ready
 * @param doubt how long a container without a readiness probe runs before another pod goes because
 *     of it: a kubelet takes up to a second to notice that one has ended
 */
public record KubeletTimings(
    Duration busyPoll,
    Duration idlePoll,
    Duration busyFor,
    Duration shownWithin,
    Duration blockedAfter,
    Duration stopMargin,
    Duration retryAfter,
    Duration deadline,
    Duration settle,
    Duration doubt) {
  private static final int SELDOM = 60;

  /** For a kubelet that lists its directory so often. */
  public static KubeletTimings of(Duration fileCheckFrequency) {
    return new KubeletTimings(
        Duration.ofMillis(50),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        fileCheckFrequency,
        Duration.ofMillis(400),
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(1),
        Duration.ofMillis(1500));
  }

  /** The same with everything but the deadline of requests taking a fraction of the time. */
  public KubeletTimings scaled(double factor) {
    return new KubeletTimings(
        scale(busyPoll, factor),
        scale(idlePoll, factor),
        scale(busyFor, factor),
        scale(shownWithin, factor),
        scale(blockedAfter, factor),
        scale(stopMargin, factor),
        scale(retryAfter, factor),
        deadline,
        scale(settle, factor),
        scale(doubt, factor));
  }

  /** Before the next attempt after so many failures in a row: doubled, up to a limit. */
  Duration retryAfter(int failures) {
    Duration longest = retryAfter.multipliedBy(SELDOM);
    Duration delay = retryAfter;
    for (int i = 1; i < failures && delay.compareTo(longest) < 0; i++) {
      delay = delay.multipliedBy(2);
    }
    return delay.compareTo(longest) < 0 ? delay : longest;
  }

  private static Duration scale(Duration duration, double factor) {
    return Duration.ofNanos((long) (duration.toNanos() * factor));
  }
}
