package io.hotpod.agent.runtime.kubelet;

import io.hotpod.pod.ContainerState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * How many attempts of one container failed in a row. A kubelet tells the restarts of a pod's whole
 * life and not whether the last ones were failures, so this follows what it says from time to time.
 * Used by one thread.
 */
final class FailureCount {
  /** Refused before anything ran. */
  private static final Set<String> REFUSALS =
      Set.of(
          "ErrImagePull",
          "ErrImageNeverPull",
          "InvalidImageName",
          "CreateContainerConfigError",
          "CreateContainerError");

  private static final int LONGEST_SETTLING = 10;
  private static final String CRASH_LOOP = "CrashLoopBackOff";
  private static final String PULL_BACK_OFF = "ImagePullBackOff";

  private final Duration settle;
  private boolean begun;
  private int ended;
  private int counted;
  private int failures;
  private String refusal = "";
  private String container = "";
  private long since;

  /**
   * @param settle how long a container has to run for each failure before it that is to be forgiven
   */
  FailureCount(Duration settle) {
    this.settle = settle;
  }

  /**
   * Takes in what the kubelet says now.
   *
   * @param now on the machine's clock
   * @param asked when the kubelet was asked, by {@link System#nanoTime}
   * @param answered when it had answered, likewise
   * @return failures in a row
   */
  int follow(JsonNode status, Instant now, long asked, long answered) {
    ContainerState state = ContainerReading.state(status.path("state"));
    ends(status, state, now);
    refusals(state);
    String id = status.path("containerID").asString("");
    if (!(state instanceof ContainerState.Running) || !id.equals(container)) {
      container = state instanceof ContainerState.Running ? id : "";
      since = answered;
    } else if (status.path("ready").asBoolean(false) && settled(asked, Duration.ZERO)) {
      failures = 0;
    }
    return failures;
  }

  /**
   * Whether what runs has run for so long that it is no more taken for another failure.
   *
   * @param atLeast also after no failure at all
   */
  boolean settled(long nanos, Duration atLeast) {
    long needed = settle.toNanos() * Math.min(failures, LONGEST_SETTLING);
    return nanos - since >= Math.max(needed, atLeast.toNanos());
  }

  private void ends(JsonNode status, ContainerState state, Instant now) {
    Optional<ContainerState.Terminated> last =
        state instanceof ContainerState.Terminated terminated
            ? Optional.of(terminated)
            : ContainerReading.lastTermination(status);
    int restarts = status.path("restartCount").asInt(0);
    boolean over =
        state instanceof ContainerState.Terminated
            || (state instanceof ContainerState.Waiting && last.isPresent());
    int ends = restarts + (over ? 1 : 0);
    boolean looping =
        state instanceof ContainerState.Waiting waiting && waiting.reason().equals(CRASH_LOOP);
    boolean failed = looping || last.map(end -> end.exitCode() != 0).orElse(false);
    if (!begun) {
      begun = true;
      failures = looping ? ends : failed && over ? 1 : failed ? recent(state, restarts, now) : 0;
      counted = failed ? ends : 0;
    } else if (failed && ends > counted) {
      failures += Math.max(1, ends - ended);
      counted = ends;
    }
    ended = ends;
  }

  /** Restarts of long ago say nothing; one of a moment ago may be one of many. */
  private int recent(ContainerState state, int restarts, Instant now) {
    if (!(state instanceof ContainerState.Running running)) {
      return 0;
    }
    Duration ran = Duration.between(running.startedAt(), now);
    // One from the future was started before somebody set the clock.
    return !ran.isNegative() && ran.compareTo(settle.multipliedBy(LONGEST_SETTLING)) < 0
        ? restarts
        : 0;
  }

  private void refusals(ContainerState state) {
    String reason = state instanceof ContainerState.Waiting waiting ? waiting.reason() : "";
    boolean missed = reason.equals(PULL_BACK_OFF) && !refusal.equals("ErrImagePull");
    if ((REFUSALS.contains(reason) || missed) && !reason.equals(refusal)) {
      failures++;
    }
    refusal = reason;
  }
}
