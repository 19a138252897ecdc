package io.hotpod.e2e;

import java.time.Instant;

/**
 * One container in Podman, the infra containers of pods left out.
 *
 * @param podId id of the pod in Podman
 * @param deployment id of the pod that it was made for, by the agent's label
 * @param startedAt to the nanosecond; long ago where it was never started
 */
record PodmanContainer(
    String id, String name, String podId, String deployment, String state, Instant startedAt) {}
