package io.hotpod.agent;

import io.hotpod.agent.runtime.PodRuntime;
import io.hotpod.agent.runtime.kubelet.KubeletInstance;
import io.hotpod.agent.runtime.kubelet.KubeletRuntime;
import io.hotpod.agent.runtime.kubelet.KubeletSettings;
import io.hotpod.agent.runtime.kubelet.KubeletTimings;
import io.hotpod.agent.runtime.podman.PodmanRuntime;
import io.hotpod.agent.runtime.podman.PodmanSettings;
import io.hotpod.agent.runtime.podman.service.PodmanService;
import io.hotpod.agent.state.InstanceLock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What runs the pods, as the settings say, and Podman's service where an agent needs its own. */
final class PodRuntimes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PodRuntimes.class);

  private final Optional<Path> socket;
  private final Optional<PodmanService> service;
  private final Optional<InstanceLock> manifests;
  private final Clock clock;
  private final RandomGenerator random;

  private PodRuntimes(
      AgentSettings settings, Optional<InstanceLock> manifests, Clock clock, RandomGenerator random)
      throws IOException {
    this.manifests = manifests;
    this.clock = clock;
    this.random = random;
    boolean own = settings.kubelet().isEmpty() && settings.podmanSocket().isEmpty();
    service =
        own
            ? Optional.of(PodmanService.start(settings.stateDirectory().resolve("podman")))
            : Optional.empty();
    socket = service.map(PodmanService::socket).or(settings::podmanSocket);
  }

  /**
   * For an agent, which has a kubelet's manifest directory to itself. Starts Podman's service when
   * the pods are for Podman and none is named.
   *
   * @throws IOException when the service cannot be started
   * @throws IllegalStateException when another agent has the kubelet's manifest directory
   */
  static PodRuntimes ofAgent(AgentSettings settings, Clock clock, RandomGenerator random)
      throws IOException {
    Optional<InstanceLock> manifests =
        settings.kubelet().isEmpty()
            ? Optional.empty()
            : ManifestLock.take(settings.kubelet().get().manifests(), settings);
    return new PodRuntimes(settings, manifests, clock, random);
  }

  /**
   * For who only looks after what agents left behind, beside another agent too.
   *
   * @throws IOException when Podman's service cannot be started
   */
  static PodRuntimes ofLeaving(AgentSettings settings, Clock clock, RandomGenerator random)
      throws IOException {
    return new PodRuntimes(settings, Optional.empty(), clock, random);
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
    try {
      if (manifests.isPresent()) {
        manifests.get().close();
      }
    } catch (IOException e) {
      LOG.debug("{} stays: {}", manifests, e.getMessage());
    }
  }
}
