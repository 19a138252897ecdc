package io.hotpod.agent.runtime.podman;

import io.hotpod.agent.runtime.podman.libpod.PodView;
import io.hotpod.agent.runtime.podman.libpod.Podman;
import io.hotpod.agent.runtime.podman.libpod.PodmanException;
import io.hotpod.agent.runtime.podman.libpod.PodmanUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops the containers of a pod side by side, then removes it. */
final class Teardown {
  private static final Logger LOG = LoggerFactory.getLogger(Teardown.class);

  private Teardown() {}

  /**
   * Returns once nothing of the pod is left; one that is not there is a success.
   *
   * @throws PodmanException when Podman refuses
   * @throws PodmanUnavailableException when it does not answer
   */
  static void remove(Podman podman, String podName, Duration grace) throws InterruptedException {
    Optional<PodView> pod = podman.pod(podName);
    if (pod.isEmpty()) {
      return;
    }
    Queue<PodmanUnavailableException> failures = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    // To list the containers of one pod, Podman goes through those of all; an inspection does not.
    for (String id : pod.get().runningMembers()) {
      threads.add(
          Thread.ofVirtual().name("stop-" + id).start(() -> stop(podman, id, grace, failures)));
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      threads.forEach(Thread::interrupt);
      throw e;
    }
    for (PodmanUnavailableException failure : failures) {
      throw failure;
    }
    podman.removePod(podName);
  }

  private static void stop(
      Podman podman, String id, Duration grace, Queue<PodmanUnavailableException> failures) {
    try {
      podman.stop(id, grace);
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
