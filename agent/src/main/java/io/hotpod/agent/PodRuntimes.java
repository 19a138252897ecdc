package io.hotpod.agent;

import io.hotpod.agent.runtime.PodRuntime;
import io.hotpod.agent.runtime.kubelet.KubeletInstance;
import io.hotpod.agent.runtime.kubelet.KubeletRuntime;
import io.hotpod.agent.runtime.kubelet.KubeletSettings;
import io.hotpod.agent.runtime.kubelet.KubeletTimings;
import io.hotpod.agent.runtime.podman.PodmanRuntime;
import io.hotpod.agent.runtime.podman.PodmanSettings;
import io.hotpod.agent.runtime.podman.service.PodmanService;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What runs the pods, as the settings say, and Podman's service where an agent needs its own. */
final class PodRuntimes implements AutoCloseable {
  private final Optional<Path> socket;
  private final Optional<PodmanService> service;
  private final Clock clock;
  private final RandomGenerator random;

  /**
   * Starts Podman's service when the pods are for Podman and none is named.
   *
   * @throws IOException when it cannot be started
   */
  PodRuntimes(AgentSettings settings, Clock clock, RandomGenerator random) throws IOException {
    this.clock = clock;
    this.random = random;
    boolean own = settings.kubelet().isEmpty() && settings.podmanSocket().isEmpty();
    service =
        own
            ? Optional.of(PodmanService.start(settings.stateDirectory().resolve("podman")))
            : Optional.empty();
    socket = service.map(PodmanService::socket).or(settings::podmanSocket);
  }

  /** One that has to be started. */
  PodRuntime create(AgentSettings settings, String instanceId, Path secrets) {
    if (settings.kubelet().isPresent()) {
      KubeletSettings kubelet = settings.kubelet().get();
      return new KubeletRuntime(
          kubelet,
          KubeletTimings.of(kubelet.fileCheckFrequency()),
          new KubeletInstance(instanceId, settings.stateDirectory(), secrets),
          clock,
          random);
    }
    return new PodmanRuntime(
        new PodmanSettings(
            socket.orElseThrow(),
            instanceId,
            settings.name(),
            settings.stateDirectory(),
            secrets,
            settings.imageArchives()),
        clock);
  }

  @Override
  public void close() {
    service.ifPresent(PodmanService::close);
  }
}
