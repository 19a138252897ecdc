package io.hotpod.agent.runtime.podman;

/**
 * What is remembered of a container and cannot be read from Podman.
 *
 * @param attempt number of the newest container of this name in the pod; -1 before the first
 * @param ends how often it ended in a row, for the back-off
 * @param failures as {@link io.hotpod.pod.ContainerStatus#failures}
 */
record ContainerRecord(int attempt, int ends, int failures) {
  static final ContainerRecord NONE = new ContainerRecord(-1, 0, 0);
}
