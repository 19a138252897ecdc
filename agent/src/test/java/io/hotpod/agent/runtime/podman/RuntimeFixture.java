package io.hotpod.agent.runtime.podman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hotpod.agent.SettableClock;
import io.hotpod.agent.runtime.RenderedFiles;
import io.hotpod.agent.runtime.podman.libpod.Labels;
import io.hotpod.agent.runtime.podman.libpod.PodView;
import io.hotpod.agent.runtime.podman.libpod.Podman;
import io.hotpod.pod.ContainerStatus;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.ObservedPod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/** A runtime of an instance of its own, whose pods are removed at the end. */
final class RuntimeFixture implements AutoCloseable {
  final String instance = "test-" + UUID.randomUUID();
  final Path state;
  final Podman podman;
  final SettableClock clock = new SettableClock();
  PodmanRuntime runtime;
  private final Path socket;

  RuntimeFixture() throws IOException {
    this(SharedPodman.socket());
  }

  RuntimeFixture(Path socket) throws IOException {
    this.socket = socket;
    state = Files.createTempDirectory("hotpod-runtime-test");
    podman = new Podman(socket);
    runtime = begin();
  }

  PodmanRuntime begin() {
    PodmanRuntime begun =
        new PodmanRuntime(
            new PodmanSettings(
                socket, instance, "node", state, state.resolve("secrets"), archives()),
            clock);
    begun.start();
    await("the first list").atMost(Duration.ofSeconds(20)).until(() -> begun.observe().isPresent());
    return begun;
  }

  /** Images are loaded from there; it is not made. */
  Path archives() {
    return state.resolve("archives");
  }

  /** As if the agent was started again. */
  void restart() {
    runtime.close();
    runtime = begin();
  }

  ObservedPod awaitPod(String id, Predicate<ObservedPod> condition) {
    return awaitPod(id, Duration.ofSeconds(30), condition);
  }

  ObservedPod awaitPod(String id, Duration longest, Predicate<ObservedPod> condition) {
    return await("pod " + id)
        .atMost(longest)
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> runtime.observe().orElseThrow().stream().filter(p -> p.id().equals(id)).toList(),
            pods -> pods.stream().anyMatch(condition))
        .stream()
        .filter(condition)
        .findFirst()
        .orElseThrow();
  }

  ObservedPod applyReady(DesiredPod pod) {
    runtime.apply(pod);
    return awaitPod(pod.id(), ObservedPod::ready);
  }

  ContainerStatus main(ObservedPod pod) {
    return pod.containers().getFirst();
  }

  List<PodView> inPodman() throws InterruptedException {
    return podman.pods(Labels.INSTANCE, instance);
  }

  /** What the container wrote. */
  String logs(String id, String container) throws IOException, InterruptedException {
    java.io.ByteArrayOutputStream output = new java.io.ByteArrayOutputStream();
    runtime.logs(
        new io.hotpod.agent.runtime.LogQuery(id, container, java.util.Optional.empty(), false),
        output);
    return output.toString(java.nio.charset.StandardCharsets.UTF_8);
  }

  /**
   * Waits until the container wrote what is asked for: one without a readiness probe is ready
   * before its command has done anything.
   */
  String awaitLogs(String id, String container, Predicate<String> enough) {
    return await("output of " + container).until(() -> logs(id, container), enough);
  }

  /** The same, and that is all it wrote. */
  void awaitLogs(String id, String container, String all) {
    await("output of " + container)
        .untilAsserted(() -> assertThat(logs(id, container)).isEqualTo(all));
  }

  @Override
  public void close() throws IOException {
    runtime.close();
    try {
      for (PodView pod : inPodman()) {
        Teardown.remove(podman, pod.name(), Duration.ZERO);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    podman.close();
    RenderedFiles.delete(state);
  }
}
