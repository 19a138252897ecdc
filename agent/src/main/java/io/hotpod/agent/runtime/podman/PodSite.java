package io.hotpod.agent.runtime.podman;

import io.hotpod.agent.runtime.Machine;
import io.hotpod.agent.runtime.podman.image.Images;
import io.hotpod.agent.runtime.podman.image.NamedImages;
import io.hotpod.agent.runtime.podman.libpod.Podman;
import io.hotpod.agent.runtime.podman.service.ProcessLimits;
import java.time.Duration;
import java.util.Optional;

/**
 * What the keepers of all pods of one runtime share.
 *
 * @param limits for containers; empty where Podman's own work
 * @param hostIp the machine's address, as containers may be told
 */
record PodSite(
    Podman podman,
    String instanceId,
    String nodeName,
    String hostIp,
    Images images,
    NamedImages namedImages,
    Exits exits,
    Availability availability,
    VolumeStore volumes,
    Optional<ProcessLimits> limits,
    Machine machine) {
  /**
   * How long one watcher believes that nothing happened while Podman says nothing. All together are
   * looked for in a list more often than that, which takes one question instead of one for each.
   */
  static final Duration LOOK_AGAIN = Duration.ofMinutes(5);
}
