package io.hotpod.agent.runtime.podman;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.pod.ContainerStatus;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodPhase;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody sets the machine's clock, by hours. */
@Isolated("it measures short times")
final class TestClockJumpOnPodman {
  /** One that may run for an hour, and whose container is ready when it has run for a moment. */
  private static final DesiredPod POD =
      Manifests.pod(
          "a",
          "one",
          "{'terminationGracePeriodSeconds':1,'activeDeadlineSeconds':3600,'containers':[{"
              + "'name':'main','image':'IMAGE','command':['sh','-c','exec sleep 1000']}]}");

  private RuntimeFixture fixture;

  @BeforeEach
  void begin() throws IOException {
    fixture = new RuntimeFixture();
  }

  @AfterEach
  void end() throws IOException {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {5, -5})
  void containerThatEndsIsStartedAgainAtOnce(int hours) throws Exception {
    ContainerStatus before = fixture.main(fixture.applyReady(POD));

    fixture.clock.jump(Duration.ofHours(hours));
    // Looks at the pod as a whole, its deadline included.
    PodmanPods.kill(before.containerId().orElseThrow());
    ObservedPod after = fixture.awaitPod("a", pod -> pod.ready() && pod.restarts() == 1);

    assertThat(after.phase()).isEqualTo(PodPhase.RUNNING);
    assertThat(fixture.main(after).containerId()).isNotEqualTo(before.containerId());
    fixture.awaitPod("a", pod -> fixture.main(pod).failures() == 0);
  }

  @Test
  void clockThatIsSetBetweenTwoRunsOfTheAgentEndsNoPodEarly() {
    ObservedPod before = fixture.applyReady(POD);

    fixture.clock.jump(Duration.ofHours(5));
    fixture.restart();
    fixture.runtime.apply(POD);
    ObservedPod after = fixture.awaitPod("a", pod -> pod.ready() || pod.phase() == PodPhase.FAILED);

    assertThat(after.ready()).as(after.reason()).isTrue();
    assertThat(fixture.main(after).containerId()).isEqualTo(fixture.main(before).containerId());
  }

  @Test
  void clockThatIsSetBackBetweenRunsOfTheAgentKeepsNoPodForEver() {
    DesiredPod brief =
        Manifests.pod(
            "a",
            "one",
            "{'terminationGracePeriodSeconds':1,'activeDeadlineSeconds':3,'containers':[{"
                + "'name':'main','image':'IMAGE','command':['sh','-c','exec sleep 1000']}]}");
    long begun = System.nanoTime();
    fixture.applyReady(brief);

    for (int run = 0; run < 3; run++) {
      fixture.clock.jump(Duration.ofHours(-5));
      fixture.restart();
      fixture.runtime.apply(brief);
      fixture.awaitPod("a", pod -> pod.ready() || pod.phase() == PodPhase.FAILED);
    }
    long restarted = System.nanoTime();
    ObservedPod ended = fixture.awaitPod("a", pod -> pod.phase() == PodPhase.FAILED);

    assertThat(ended.reason()).isEqualTo("DeadlineExceeded");
    assertThat(Duration.ofNanos(System.nanoTime() - restarted))
        .as("not a whole deadline from the last run on")
        .isLessThan(Duration.ofMillis(2900));
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(3));
  }

  @Test
  void anotherRunOfTheAgentTakesOverWhatWasStartedInTheFuture() {
    ObservedPod before = fixture.applyReady(POD);

    fixture.clock.jump(Duration.ofHours(-5));
    fixture.restart();
    ObservedPod after = fixture.applyReady(POD);

    assertThat(fixture.main(after).containerId()).isEqualTo(fixture.main(before).containerId());
    assertThat(after.uid()).isEqualTo(before.uid());
  }
}
