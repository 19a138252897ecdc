package io.hotpod.agent.runtime.podman;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.pod.ContainerState;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodPhase;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TestPodmanRuntime {
  private RuntimeFixture fixture;

  @BeforeEach
  void begin() throws IOException {
    fixture = new RuntimeFixture();
  }

  @AfterEach
  void end() throws IOException {
    fixture.close();
  }

  @Test
  void podBecomesReadyAndIsRemoved() throws InterruptedException {
    DesiredPod pod = Manifests.sleeper("web", "one");

    ObservedPod ready = fixture.applyReady(pod);

    assertThat(ready.phase()).isEqualTo(PodPhase.RUNNING);
    assertThat(ready.token()).isEqualTo(pod.token());
    assertThat(ready.podIp()).isPresent();
    assertThat(ready.uid()).isPresent();
    assertThat(fixture.main(ready).state()).isInstanceOf(ContainerState.Running.class);
    assertThat(fixture.main(ready).imageId()).isPresent();
    assertThat(ready.conditions()).allMatch(condition -> condition.status());
    assertThat(fixture.inPodman()).hasSize(1);

    fixture.runtime.remove(pod.id(), pod.token());

    assertThat(fixture.runtime.observe().orElseThrow()).isEmpty();
    assertThat(fixture.inPodman()).isEmpty();
    assertThat(fixture.state.resolve("pods")).isEmptyDirectory();
  }

  @Test
  void newRuntimeTakesOverWhatRunsAndRestartsNothing() throws InterruptedException {
    DesiredPod pod = Manifests.sleeper("web", "one");
    fixture.runtime.apply(pod);
    ObservedPod before = fixture.awaitPod("web", PodmanPods::settled);

    fixture.restart();
    ObservedPod found = fixture.awaitPod("web", seen -> true);
    assertThat(found.reason()).isEqualTo("Found");
    fixture.runtime.apply(pod);
    ObservedPod after = fixture.awaitPod("web", PodmanPods::settled);

    assertThat(after.containers()).isEqualTo(before.containers());
    assertThat(after.uid()).isEqualTo(before.uid());
  }
}
