package io.hotpod.agent;

import io.hotpod.agent.runtime.PodRuntime;
import io.hotpod.agent.runtime.RenderedFiles;
import io.hotpod.agent.runtime.Wakeup;
import io.hotpod.agent.runtime.podman.MemoryMounts;
import io.hotpod.agent.state.InstanceLock;
import io.hotpod.agent.state.SecretDirectory;
import io.hotpod.pod.ObservedPod;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pods of instances that no agent keeps. */
final class LeftBehind {
  private static final Logger LOG = LoggerFactory.getLogger(LeftBehind.class);

  private final AgentSettings settings;
  private final Duration patience;
  private final Clock clock;
  private final RandomGenerator random;

  /**
   * @param patience with what runs the pods, until it answers
   */
  LeftBehind(AgentSettings settings, Duration patience, Clock clock, RandomGenerator random) {
    this.settings = settings;
    this.patience = patience;
    this.clock = clock;
    this.random = random;
  }

  /** What is done with the pods that were found. */
  private interface Deed {
    void carryOut(PodRuntime runtime, List<ObservedPod> pods)
        throws IOException, InterruptedException;
  }

  /**
   * The names of their pods; empty when what runs them does not answer.
   *
   * @throws IllegalStateException when an agent of one of them runs
   */
  Optional<List<String>> find(Set<String> instances) throws InterruptedException {
    List<String> names = new ArrayList<>();
    try {
      with(instances, (runtime, pods) -> pods.forEach(pod -> names.add(pod.name())));
      return Optional.of(names);
    } catch (IOException e) {
      LOG.warn("{}; what runs there is left as it is", e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * Removes their pods, side by side, and what was rendered for them in memory.
   *
   * @return the pods' names
   * @throws IOException when one cannot be removed, or what runs them does not answer
   */
  List<String> remove(Set<String> instances) throws IOException, InterruptedException {
    List<String> names = new ArrayList<>();
    with(
        instances,
        (runtime, pods) -> {
          remove(runtime, pods);
          pods.forEach(pod -> names.add(pod.name()));
        });
    return names;
  }

  private void with(Set<String> instances, Deed deed) throws IOException, InterruptedException {
    try (PodRuntimes runtimes = PodRuntimes.ofLeaving(settings, clock, random)) {
      for (String instance : instances) {
        with(runtimes, instance, deed);
      }
    }
  }

  private void with(PodRuntimes runtimes, String instance, Deed deed)
      throws IOException, InterruptedException {
    Path secrets =
        settings.secretDirectory().isPresent()
            ? settings.secretDirectory().get()
            : SecretDirectory.choose(instance, settings.stateDirectory().resolve("secrets"));
    boolean empty;
    try (InstanceLock _ =
            InstanceLock.take(
                secrets.resolve(".agent.lock"), "this instance", InstanceLock.OWN_STATE);
        PodRuntime runtime = runtimes.create(settings, instance, secrets)) {
      runtime.start();
      deed.carryOut(runtime, observed(runtime));
      empty = runtime.observe().map(List::isEmpty).orElse(false);
    }
    if (empty) {
      MemoryMounts.unmountBelow(secrets);
      RenderedFiles.delete(secrets);
      removeIfEmpty(secrets.resolve("..").normalize());
    }
  }

  private static void removeIfEmpty(Path directory) throws IOException {
    try {
      Files.deleteIfExists(directory);
    } catch (DirectoryNotEmptyException e) {
      LOG.debug("{} is used by others", directory);
    }
  }

  private List<ObservedPod> observed(PodRuntime runtime) throws IOException, InterruptedException {
    Wakeup wakeup = new Wakeup();
    runtime.onChange(wakeup::signal);
    long deadline = System.nanoTime() + patience.toNanos();
    Optional<List<ObservedPod>> pods = runtime.observe();
    while (pods.isEmpty()) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        String problem = runtime.health().problem();
        throw new IOException(
            "what runs the pods, %s, does not answer: %s"
                .formatted(
                    runtime.health().name(),
                    problem.isEmpty() ? "nothing in " + patience.toSeconds() + " s" : problem));
      }
      wakeup.await(Duration.ofNanos(left));
      pods = runtime.observe();
    }
    return pods.get();
  }

  private static void remove(PodRuntime runtime, List<ObservedPod> pods)
      throws IOException, InterruptedException {
    Queue<String> failures = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (ObservedPod pod : pods) {
      threads.add(
          Thread.ofVirtual()
              .name("remove-" + pod.name())
              .start(() -> remove(runtime, pod, failures)));
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      threads.forEach(Thread::interrupt);
      throw e;
    }
    if (!failures.isEmpty()) {
      throw new IOException(String.join("; ", failures));
    }
  }

  private static void remove(PodRuntime runtime, ObservedPod pod, Queue<String> failures) {
    try {
      runtime.remove(pod.id(), pod.token());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failures.add("pod %s cannot be removed: %s".formatted(pod.name(), e.getMessage()));
    }
  }
}
