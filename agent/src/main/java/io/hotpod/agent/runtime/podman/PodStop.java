package io.hotpod.agent.runtime.podman;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops the containers of a pod whose manifest is known: the containers side by side, then its
 * sidecars one after the other, the last one first, all within one grace period.
 */
final class PodStop {
  private static final Logger LOG = LoggerFactory.getLogger(PodStop.class);

  private final PodSite site;
  private final PodSandbox sandbox;
  private final long deadline;
  private final Queue<PodmanUnavailableException> failures = new ConcurrentLinkedQueue<>();

  private PodStop(PodSite site, PodSandbox sandbox, Duration grace) {
    this.site = site;
    this.sandbox = sandbox;
    this.deadline = System.nanoTime() + grace.toNanos();
  }

  /**
   * Returns once all are down; what Podman refuses to stop is left to the removal of the pod.
   *
   * @throws PodmanUnavailableException when Podman does not answer
   */
  static void stop(PodSite site, PodSandbox sandbox, Duration grace) throws InterruptedException {
    new PodStop(site, sandbox, grace).stop();
  }

  private void stop() throws InterruptedException {
    PodSpec spec = sandbox.desired().pod().getSpec();
    Map<String, Map<String, String>> present;
    try {
      present = site.podman().containersOf(sandbox.name());
    } catch (PodmanException e) {
      LOG.debug("{}", e.getMessage());
      return;
    }
    List<Container> sidecars = new ArrayList<>();
    List<Container> others = new ArrayList<>(spec.getContainers());
    for (Container container : spec.getInitContainers()) {
      (Sidecars.is(container) ? sidecars : others).add(container);
    }
    sideBySide(others, present);
    for (Container sidecar : sidecars.reversed()) {
      sideBySide(List.of(sidecar), present);
    }
    for (PodmanUnavailableException failure : failures) {
      throw failure;
    }
  }

  private void sideBySide(List<Container> containers, Map<String, Map<String, String>> present)
      throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (Container container : containers) {
      for (Map.Entry<String, Map<String, String>> one : present.entrySet()) {
        if (container.getName().equals(one.getValue().get(Labels.CONTAINER))) {
          threads.add(
              Thread.ofVirtual()
                  .name("stop-" + one.getKey())
                  .start(() -> stop(container, one.getKey())));
        }
      }
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      threads.forEach(Thread::interrupt);
      throw e;
    }
  }

  private void stop(Container container, String id) {
    try {
      Optional<ContainerView> view = site.podman().container(id);
      if (view.isPresent() && view.get().running()) {
        Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        Prober prober =
            new Prober(site.podman(), site.http(), container, id, sandbox.ip().orElse("127.0.0.1"));
        ContainerStop.stop(
            site.podman(),
            prober,
            container,
            id,
            Duration.ofSeconds(left.plusMillis(999).toSeconds()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (PodmanException e) {
      // One that does not run cannot be stopped, and what resists is killed with the pod.
      LOG.debug("{}", e.getMessage());
    } catch (PodmanUnavailableException e) {
      failures.add(e);
    }
  }
}
