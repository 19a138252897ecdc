package io.hotpod.agent.runtime.podman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hotpod.agent.reconcile.Reconciler;
import io.hotpod.agent.runtime.podman.service.PodmanService;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.DesiredPods;
import io.hotpod.pod.ObservedPod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Podman's service ends from one moment to the next, and comes back. */
final class TestPodmanServiceKilled {
  private static final Duration SOON = Duration.ofSeconds(60);

  private Path directory;
  private PodmanService service;
  private RuntimeFixture fixture;
  private Reconciler reconciler;

  @BeforeEach
  void begin() throws Exception {
    // Makes the image that the pods are of.
    assertThat(SharedPodman.socket()).isNotNull();
    directory = Files.createTempDirectory("hotpod-killed");
    service = PodmanService.start(directory);
    fixture = new RuntimeFixture(service.socket());
    reconciler = new Reconciler(fixture.runtime, () -> {});
    reconciler.start();
  }

  @AfterEach
  void end() throws Exception {
    reconciler.close();
    fixture.close();
    service.close();
  }

  private void kill(int afterMillis) {
    await().pollDelay(Duration.ofMillis(afterMillis)).until(() -> true);
    long killed = service.pid();
    ProcessHandle.of(killed).ifPresent(ProcessHandle::destroyForcibly);
    await("another service").atMost(SOON).until(() -> service.pid() != killed);
  }

  private ObservedPod awaitReady(DesiredPod pod) {
    return await("ready: " + pod)
        .atMost(SOON)
        .until(
            () ->
                reconciler.observe().stream()
                    .filter(seen -> seen.id().equals(pod.id()))
                    .filter(seen -> PodmanPods.settled(seen) && seen.token().equals(pod.token()))
                    .toList(),
            found -> found.size() == 1)
        .getFirst();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 40, 90, 150, 250})
  void whilePodsAreReplacedThereIsOneOfEachInTheEnd(int moment) throws Exception {
    DesiredPod kept = Manifests.sleeper("kept", "one");
    DesiredPod first = Manifests.sleeper("a", "one");
    reconciler.desire(new DesiredPods(1, List.of(kept, first)));
    kill(moment);
    awaitReady(first);
    ObservedPod before = awaitReady(kept);

    DesiredPod second = Manifests.sleeper("a", "two");
    reconciler.desire(new DesiredPods(2, List.of(kept, second)));
    kill(moment);
    awaitReady(second);
    assertThat(awaitReady(kept).containers()).isEqualTo(before.containers());
    assertThat(fixture.inPodman()).hasSize(2);

    reconciler.desire(new DesiredPods(3, List.of(kept)));
    kill(moment);
    await("only one is left")
        .atMost(SOON)
        .ignoreExceptions()
        .until(() -> reconciler.observe().size() == 1 && fixture.inPodman().size() == 1);
    assertThat(awaitReady(kept).containers()).isEqualTo(before.containers());
  }

  @Test
  void whileNothingHappensNothingIsRestarted() {
    DesiredPod pod = Manifests.sleeper("a", "one");
    reconciler.desire(new DesiredPods(1, List.of(pod)));
    ObservedPod before = awaitReady(pod);

    kill(0);
    await("Podman answers again")
        .atMost(SOON)
        .until(() -> fixture.runtime.health().problem().isEmpty());

    assertThat(awaitReady(pod).containers()).isEqualTo(before.containers());
  }
}
