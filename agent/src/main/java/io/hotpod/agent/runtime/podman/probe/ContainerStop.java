package io.hotpod.agent.runtime.podman.probe;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Lifecycle;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.hotpod.agent.runtime.podman.libpod.Podman;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops one container as a kubelet does: its preStop hook first, within the grace period, then the
 * signal with what is left of it.
 */
public final class ContainerStop {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerStop.class);

  /** What a container has after its hook, even when the hook used up the grace period. */
  private static final Duration LEAST = Duration.ofSeconds(2);

  private ContainerStop() {}

  /**
   * Returns once it is down.
   *
   * @throws PodmanException when Podman refuses
   * @throws PodmanUnavailableException when it does not answer
   */
  public static void stop(
      Podman podman, Prober prober, Container container, String id, Duration grace)
      throws InterruptedException {
    Optional<LifecycleHandler> hook =
        Optional.ofNullable(container.getLifecycle()).map(Lifecycle::getPreStop);
    if (hook.isEmpty() || grace.isZero()) {
      podman.stop(id, grace);
      return;
    }
    long began = System.nanoTime();
    Optional<String> failure = new Hooks(prober).run(hook.get(), grace);
    failure.ifPresent(
        why -> LOG.warn("preStop hook of container {} failed: {}", container.getName(), why));
    Duration left = grace.minusNanos(System.nanoTime() - began);
    podman.stop(id, left.compareTo(LEAST) < 0 ? LEAST : roundedUp(left));
  }

  private static Duration roundedUp(Duration left) {
    return Duration.ofSeconds(left.plusMillis(999).toSeconds());
  }
}
