package io.hotpod.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.agent.reconcile.Observed;
import io.hotpod.agent.runtime.podman.Manifests;
import io.hotpod.pod.InstanceFacts;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodPhase;
import io.hotpod.pod.PodReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TestUrgency {
  private static final InstanceFacts FACTS = new InstanceFacts("host", "1", "podman", "4", "");
  private static final ObservedPod READY = Observed.ready(Manifests.sleeper("a", "1"));
  private static final ObservedPod PENDING = with(READY, PodPhase.PENDING, false, "");

  private static ObservedPod with(ObservedPod pod, PodPhase phase, boolean ready, String message) {
    return new ObservedPod(
        pod.id(),
        pod.name(),
        pod.token(),
        phase,
        ready,
        pod.terminating(),
        pod.reason(),
        message,
        pod.uid(),
        pod.podIp(),
        pod.hostIp(),
        pod.startedAt(),
        pod.conditions(),
        pod.initContainers(),
        pod.containers());
  }

  private static boolean urgent(List<ObservedPod> before, List<ObservedPod> after) {
    return wait(before, after).isZero();
  }

  private static Duration wait(List<ObservedPod> before, List<ObservedPod> after) {
    return Urgency.between(report(1, before), report(1, after));
  }

  private static PodReport report(long version, List<ObservedPod> pods) {
    return new PodReport("s", 1, version, Instant.EPOCH, FACTS, pods);
  }

  @Test
  void readinessPhaseAndDisappearanceAreUrgent() {
    assertThat(urgent(List.of(PENDING), List.of(READY))).isTrue();
    assertThat(urgent(List.of(READY), List.of(PENDING))).isTrue();
    assertThat(urgent(List.of(PENDING), List.of(with(READY, PodPhase.FAILED, false, "")))).isTrue();
    assertThat(urgent(List.of(READY), List.of())).isTrue();
    assertThat(urgent(List.of(), List.of(READY))).isTrue();
  }

  @Test
  void aPodThatRunsMayBeReadyInAMoment() {
    ObservedPod running = with(READY, PodPhase.RUNNING, false, "");
    assertThat(wait(List.of(PENDING), List.of(running)))
        .isPositive()
        .isLessThan(wait(List.of(), List.of(PENDING)));
  }

  @Test
  void whatHappensOnTheWayThereIsNot() {
    assertThat(urgent(List.of(), List.of(PENDING))).isFalse();
    assertThat(urgent(List.of(PENDING), List.of(with(READY, PodPhase.PENDING, false, "creating"))))
        .isFalse();
  }

  @Test
  void aSetThatWasTakenOverWithoutAChangeIsUrgent() {
    assertThat(Urgency.between(report(1, List.of(READY)), report(2, List.of(READY)))).isZero();
  }
}
