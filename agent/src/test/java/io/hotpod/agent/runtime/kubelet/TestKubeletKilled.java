package io.hotpod.agent.runtime.kubelet;

import static io.hotpod.agent.runtime.kubelet.KubeletFixture.simple;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hotpod.agent.runtime.podman.Manifests;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.ObservedPod;
import io.hotpod.testing.kubelet.Behaviour;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The kubelet ends from one moment to the next; its containers go on. */
final class TestKubeletKilled {
  private static final DesiredPod ONE = simple("web", "one", Behaviour.RUNS.image());
  private static final DesiredPod TWO = simple("web", "two", Behaviour.RUNS.image());

  private KubeletFixture fixture;

  @BeforeEach
  void begin() throws IOException {
    fixture = new KubeletFixture();
  }

  @AfterEach
  void end() throws IOException {
    fixture.close();
  }

  private void awaitSilence() {
    await()
        .atMost(KubeletFixture.SOON)
        .until(() -> fixture.runtime.health().problem().contains("does not answer"));
  }

  @Test
  void whileAPodRunsNothingIsRestarted() throws IOException {
    fixture.desire(ONE);
    ObservedPod before = fixture.awaitReady(ONE);

    fixture.kubelet.kill();
    awaitSilence();
    fixture.restartKubelet();
    await().atMost(KubeletFixture.SOON).until(() -> fixture.runtime.health().problem().isEmpty());
    ObservedPod after = fixture.awaitReady(ONE);

    assertThat(after).isEqualTo(before);
    assertThat(fixture.machine.starts("web")).isEqualTo(1);
  }

  @Test
  void whileAPodIsWantedItIsMadeOnce() throws IOException {
    await().until(() -> fixture.runtime.observe().isPresent());
    fixture.kubelet.kill();
    awaitSilence();
    fixture.desire(ONE);
    assertThat(fixture.files()).isEmpty();

    fixture.restartKubelet();
    fixture.awaitReady(ONE);

    assertThat(fixture.machine.starts("web")).isEqualTo(1);
  }

  @Test
  void rightAfterTheFileWasWritten() throws IOException {
    fixture.desire(ONE);
    await().until(() -> !fixture.files().isEmpty());
    fixture.kubelet.kill();

    fixture.restartKubelet();
    fixture.awaitReady(ONE);

    assertThat(fixture.machine.starts("web")).isEqualTo(1);
  }

  @Test
  void whileAPodStopsItIsWaitedFor() throws IOException {
    DesiredPod stubborn = simple("web", "one", Behaviour.IGNORES_TERM.image());
    fixture.desire(stubborn);
    fixture.awaitReady(stubborn);
    fixture.desire(TWO);
    await().until(() -> fixture.files().isEmpty());
    fixture.kubelet.kill();
    awaitSilence();
    assertThat(fixture.files()).isEmpty();

    fixture.restartKubelet();
    fixture.awaitReady(TWO);

    assertThat(fixture.machine.starts("web")).isEqualTo(2);
    assertThat(fixture.machine.running()).hasSize(1);
  }

  @Test
  void removedWhileItIsDownAPodIsGoneAfterwards() throws IOException {
    fixture.desire(ONE);
    fixture.awaitReady(ONE);
    fixture.kubelet.kill();
    awaitSilence();
    fixture.desire();
    await().until(() -> fixture.files().isEmpty());
    ObservedPod going = fixture.awaitPod("web", ObservedPod::terminating);
    assertThat(going.ready()).isFalse();

    fixture.restartKubelet();
    fixture.awaitNothing();

    assertThat(fixture.machine.running()).isEmpty();
  }

  @Test
  void againAndAgainDuringUpdatesThereIsOnePodInTheEnd() throws IOException {
    fixture.desire(ONE);
    fixture.awaitReady(ONE);
    for (int round = 0; round < 6; round++) {
      DesiredPod next = simple("web", "round-" + round, Behaviour.RUNS.image());
      fixture.desire(next);
      int after = 15 * round;
      await().pollDelay(Duration.ofMillis(after)).until(() -> true);
      fixture.restartKubelet();
      fixture.awaitReady(next);
      assertThat(fixture.machine.running()).as("round " + round).hasSize(1);
    }
    fixture.desire(Manifests.suspended(ONE));
    fixture.awaitNothing();
    assertThat(fixture.machine.running()).isEmpty();
  }

  @Test
  void directoryThatIsNotThereIsToldAndWaitedFor() throws IOException {
    await().until(() -> fixture.runtime.observe().isPresent());
    Files.delete(fixture.manifests);
    await()
        .atMost(KubeletFixture.SOON)
        .until(() -> fixture.runtime.health().problem().contains("is not there"));
    fixture.desire(ONE);
    ObservedPod held = fixture.awaitPod("web", pod -> pod.reason().equals("WriteFailed"));
    assertThat(held.message()).contains("manifest directory is not there");

    Files.createDirectory(fixture.manifests);
    fixture.restartKubelet();
    fixture.awaitReady(ONE);
    assertThat(List.of(fixture.runtime.health().problem())).containsExactly("");
  }
}
