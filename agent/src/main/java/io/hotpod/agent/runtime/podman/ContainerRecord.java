package io.hotpod.agent.runtime.podman;

import io.hotpod.pod.ContainerState;
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
 */
record ContainerRecord(
    int attempt,
    int ends,
    int failures,
    Optional<Integer> hooked,
    Optional<ContainerState.Terminated> unstarted) {
  static final ContainerRecord NONE =
      new ContainerRecord(-1, 0, 0, Optional.empty(), Optional.empty());

  ContainerRecord at(int newAttempt) {
    return new ContainerRecord(newAttempt, ends, failures, hooked, unstarted);
  }

  ContainerRecord counting(int newEnds, int newFailures) {
    return new ContainerRecord(attempt, newEnds, newFailures, hooked, unstarted);
  }

  ContainerRecord afterHook() {
    return new ContainerRecord(attempt, ends, failures, Optional.of(attempt), unstarted);
  }

  ContainerRecord neverStarted(ContainerState.Terminated how) {
    return new ContainerRecord(attempt, ends, failures + 1, hooked, Optional.of(how));
  }
}
