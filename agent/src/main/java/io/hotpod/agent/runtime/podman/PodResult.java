package io.hotpod.agent.runtime.podman;

import io.hotpod.pod.ContainerStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a pod was when all its containers were over for good. As a kubelet does, such a pod is not
 * run again, also when nothing of it is left in Podman.
 *
 * @param uid Podman's id of it
 * @param podIp the address it had, if it had one of its own
 * @param startedAt when it was made
 * @param init statuses of its init containers, in the order of the manifest
 * @param containers statuses of its containers, in the order of the manifest
 */
record PodResult(
    String uid,
    Optional<String> podIp,
    Optional<Instant> startedAt,
    List<ContainerStatus> init,
    List<ContainerStatus> containers) {
  PodResult {
    init = List.copyOf(init);
    containers = List.copyOf(containers);
  }
}
