package io.hotpod.agent.runtime.podman;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.hotpod.agent.runtime.podman.libpod.ContainerView;
import io.hotpod.agent.runtime.podman.libpod.Labels;
import io.hotpod.agent.runtime.podman.libpod.PodView;
import io.hotpod.agent.runtime.podman.libpod.PodmanException;
import io.hotpod.agent.runtime.podman.libpod.PodmanUnavailableException;
import io.hotpod.agent.runtime.podman.probe.ContainerStop;
import io.hotpod.agent.runtime.podman.probe.PodReach;
import io.hotpod.agent.runtime.podman.probe.Prober;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops the containers of a pod: the containers side by side, then its sidecars one after the
 * other, the last one first, all within one grace period. What a container is comes from the
 * manifest, or from its own labels where nobody knows that any more.
 */
final class PodStop {
  private static final Logger LOG = LoggerFactory.getLogger(PodStop.class);

  private final PodSite site;
  private final Map<String, Map<String, String>> running;
  private final PodReach reach;
  private final long deadline;
  private final Queue<PodmanUnavailableException> failures = new ConcurrentLinkedQueue<>();

  /**
   * @param running labels of the containers that run, by their ids
   */
  private PodStop(
      PodSite site, Map<String, Map<String, String>> running, PodReach reach, Duration grace) {
    this.site = site;
    this.running = running;
    this.reach = reach;
    this.deadline = System.nanoTime() + grace.toNanos();
  }

  /**
   * Stops a pod whose manifest is known. Returns once all are down; what Podman refuses to stop is
   * left to the removal of the pod.
   *
   * @throws PodmanUnavailableException when Podman does not answer
   */
  static void stop(PodSite site, PodSandbox sandbox, Duration grace) throws InterruptedException {
    PodSpec spec = sandbox.desired().pod().getSpec();
    List<Container> sidecars = new ArrayList<>();
    List<Container> others = new ArrayList<>(spec.getContainers());
    for (Container container : spec.getInitContainers()) {
      (Sidecars.is(container) ? sidecars : others).add(container);
    }
    Map<String, Map<String, String>> running = running(site, look(site, sandbox.name()));
    new PodStop(site, running, PodReach.of(sandbox.infra()), grace).stop(others, sidecars);
  }

  /**
   * Stops a pod of which nothing is known but what its labels say.
   *
   * @param grace as the pod says; where it does not, its containers are asked
   * @throws PodmanUnavailableException when Podman does not answer
   */
  static void stop(PodSite site, String podName, Optional<Duration> grace)
      throws InterruptedException {
    Optional<PodView> pod = look(site, podName);
    Map<String, Container> others = new TreeMap<>();
    Map<Integer, Container> sidecars = new TreeMap<>();
    Map<String, Map<String, String>> running = running(site, pod);
    for (Map<String, String> labels : running.values()) {
      Container container = Farewell.read(labels);
      int place = Attempts.read(labels.getOrDefault(Labels.SIDECAR, "-1"));
      if (place < 0) {
        others.put(container.getName(), container);
      } else {
        sidecars.put(place, container);
      }
    }
    new PodStop(
            site,
            running,
            reach(site, pod),
            grace.isPresent() ? grace.get() : longest(site, running.keySet()))
        .stop(List.copyOf(others.values()), List.copyOf(sidecars.values()));
  }

  /** To list the containers of one pod, Podman goes through those of all; this it does not. */
  private static Optional<PodView> look(PodSite site, String podName) throws InterruptedException {
    try {
      return site.podman().pod(podName);
    } catch (PodmanException e) {
      LOG.debug("{}", e.getMessage());
      return Optional.empty();
    }
  }

  private static Map<String, Map<String, String>> running(PodSite site, Optional<PodView> pod)
      throws InterruptedException {
    Map<String, Map<String, String>> running = new TreeMap<>();
    for (String id : pod.map(PodView::runningMembers).orElse(Set.of())) {
      site.podman().container(id).ifPresent(view -> running.put(id, view.labels()));
    }
    return running;
  }

  private static Duration longest(PodSite site, Set<String> ids) throws InterruptedException {
    Duration longest = Duration.ZERO;
    for (String id : ids) {
      Duration one = site.podman().stopTimeout(id);
      longest = one.compareTo(longest) > 0 ? one : longest;
    }
    return longest;
  }

  private static PodReach reach(PodSite site, Optional<PodView> pod) throws InterruptedException {
    Optional<String> infra = pod.map(PodView::infraId).filter(id -> !id.isEmpty());
    return PodReach.of(infra.isEmpty() ? Optional.empty() : site.podman().container(infra.get()));
  }

  private void stop(List<Container> others, List<Container> sidecars) throws InterruptedException {
    sideBySide(others);
    for (Container sidecar : sidecars.reversed()) {
      sideBySide(List.of(sidecar));
    }
    for (PodmanUnavailableException failure : failures) {
      throw failure;
    }
  }

  private void sideBySide(List<Container> containers) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (Container container : containers) {
      for (Map.Entry<String, Map<String, String>> one : running.entrySet()) {
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
        Prober prober = new Prober(site.podman(), container, id, 0, reach);
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
