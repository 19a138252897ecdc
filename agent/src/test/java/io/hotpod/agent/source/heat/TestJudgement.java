package io.hotpod.agent.source.heat;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.agent.reconcile.Observed;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.DesiredPods;
import io.hotpod.pod.InstanceFacts;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodPhase;
import io.hotpod.pod.PodReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

final class TestJudgement {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Expectation UP = expectation("CREATE");
  private static final DesiredPod POD = ((Expectation.Up) UP).pod();

  private static Expectation expectation(String action) {
    return Wanted.of(List.of(HeatConfig.of("c1", action).read()), DesiredPods.NONE)
        .expectations()
        .getFirst();
  }

  private static PodReport report(String problem, ObservedPod... pods) {
    return new PodReport(
        "s",
        1,
        1,
        Instant.EPOCH,
        new InstanceFacts("h", "1", "podman", "4", problem),
        List.of(pods));
  }

  @Test
  void readyPodIsASuccessWithItsAttributes() {
    ObjectNode outputs =
        Judgement.of(UP, report("", Observed.ready(POD)), SOON).orElseThrow().outputs();

    assertThat(outputs.path("deploy_status_code").asInt(-1)).isZero();
    assertThat(outputs.path("deploy_stdout").asString("")).contains("pod web: ");
    assertThat(outputs.path("deploy_stderr").asString("-")).isEmpty();
    assertThat(outputs.has("error")).as("its mere presence is a failure to Heat").isFalse();
    assertThat(outputs.path("phase").asString("")).isEqualTo("Running");
    assertThat(outputs.path("modification_token").asString("")).isEqualTo(POD.token().value());
  }

  @Test
  void podOfAnEarlierModificationProvesNothing() {
    ObservedPod old = Observed.pod(POD.id(), "older", PodPhase.RUNNING, true, false);

    assertThat(Judgement.of(UP, report("", old), SOON)).isEmpty();
    assertThat(Judgement.of(UP, report("", old, Observed.ready(POD)), SOON))
        .get()
        .returns(true, Outcome::success);
  }

  @Test
  void podWhoseFilesHaveOtherValuesIsWaitedFor() {
    ObservedPod ready = Observed.ready(POD);

    assertThat(Judgement.of(UP, report("", ready.withConfiguration("other")), SOON)).isEmpty();
    assertThat(
            Judgement.of(
                UP, report("", ready.withConfiguration(POD.configurationRevision())), SOON))
        .get()
        .returns(true, Outcome::success);
  }

  @Test
  void podThatIsNotReadyIsWaitedForUntilTheTimeIsOver() {
    assertThat(Judgement.of(UP, report("", Observed.unready(POD)), SOON)).isEmpty();

    ObjectNode late =
        Judgement.of(UP, report("", Observed.unready(POD)), Duration.ofMinutes(12))
            .orElseThrow()
            .outputs();
    assertThat(late.path("deploy_status_code").asInt(-1)).isEqualTo(1);
    assertThat(late.path("deploy_stderr").asString(""))
        .startsWith("pod web is not READY after 720 s: ");
    assertThat(late.path("error")).isEqualTo(late.path("deploy_stderr"));
    assertThat(late.path("phase").asString("")).isEqualTo("Running");
  }

  @Test
  void failedPodIsAFailureAtOnce() {
    ObservedPod failed = Observed.pod(POD.id(), POD.token().value(), PodPhase.FAILED, false, false);

    assertThat(Judgement.of(UP, report("", failed), SOON)).get().returns(false, Outcome::success);
  }

  @Test
  void runtimeThatDoesNotAnswerIsTold() {
    assertThat(Judgement.of(UP, report("Podman is away"), Duration.ofHours(1)))
        .get()
        .extracting(Outcome::words)
        .asString()
        .endsWith("Podman is away");
  }

  @Test
  void downIsReachedWhenNothingIsLeftAndTheRuntimeSaysSo() {
    Expectation down = expectation("DELETE");

    assertThat(Judgement.of(down, report("", Observed.terminating(POD)), SOON)).isEmpty();
    assertThat(Judgement.of(down, report("Podman is away"), SOON)).isEmpty();
    assertThat(Judgement.of(down, report(""), SOON)).get().returns(true, Outcome::success);
  }

  @Test
  void settledNeedsNoLook() {
    Outcome outcome = Outcome.failure("no pod");

    assertThat(
            Judgement.of(
                new Expectation.Settled(UP.deployment(), outcome), report("Podman is away"), SOON))
        .isEqualTo(Optional.of(outcome));
  }
}
