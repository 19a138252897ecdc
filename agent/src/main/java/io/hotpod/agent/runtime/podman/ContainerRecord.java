package io.hotpod.agent.runtime.podman;

import io.hotpod.pod.ContainerState;
import io.hotpod.pod.ContainerStatus;
import java.util.Optional;

/**
 * What is remembered of a container and cannot be read from Podman.
 *
 * @param attempt number of the newest container of this name in the pod; -1 before the first
 * @param ends how often it ended in a row, for the back-off
 * @param failures as {@link io.hotpod.pod.ContainerStatus#failures}
 * @param hooked the attempt whose postStart hook was carried out last
 * @param unstarted how it ended for good without ever having run: Podman refused to start it, and
 *     it may not be tried again
 * @param succeeded what it was when it came to its end well under {@code OnFailure}: it is not run
 *     again, also when its pod is made anew
 */
record ContainerRecord(
    int attempt,
    int ends,
    int failures,
    Optional<Integer> hooked,
    Optional<ContainerState.Terminated> unstarted,
    Optional<ContainerStatus> succeeded) {
  static final ContainerRecord NONE =
      new ContainerRecord(-1, 0, 0, Optional.empty(), Optional.empty(), Optional.empty());

  ContainerRecord at(int newAttempt) {
    return new ContainerRecord(newAttempt, ends, failures, hooked, unstarted, succeeded);
  }

  ContainerRecord counting(int newEnds, int newFailures) {
    return new ContainerRecord(attempt, newEnds, newFailures, hooked, unstarted, succeeded);
  }

  ContainerRecord afterHook() {
    return new ContainerRecord(attempt, ends, failures, Optional.of(attempt), unstarted, succeeded);
  }

  ContainerRecord neverStarted(ContainerState.Terminated how) {
    return new ContainerRecord(attempt, ends, failures + 1, hooked, Optional.of(how), succeeded);
  }

  ContainerRecord succeeded(ContainerStatus how) {
    return new ContainerRecord(attempt, ends, failures, hooked, unstarted, Optional.of(how));
  }
}
