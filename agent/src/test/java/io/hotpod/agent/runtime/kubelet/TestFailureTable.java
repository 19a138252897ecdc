package io.hotpod.agent.runtime.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hotpod.pod.ContainerState;
import io.hotpod.pod.ContainerStatus;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodPhase;
import io.hotpod.pod.PodProgress;
import io.hotpod.pod.RestartPolicy;
import io.hotpod.pod.WaitFor;
import io.hotpod.testing.kubelet.Behaviour;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which a pod was seen to fail on a kubelet, and what is said of it. */
final class TestFailureTable {
  private KubeletFixture fixture;

  @BeforeEach
  void begin() throws IOException {
    fixture = new KubeletFixture();
  }

  @AfterEach
  void end() throws IOException {
    fixture.close();
  }

  private static String spec(Behaviour behaviour) {
    return KubeletFixture.spec(behaviour.image());
  }

  private static String spec(Behaviour behaviour, String policy) {
    return spec(behaviour).replace("'Always'", "'" + policy + "'");
  }

  private static Arguments row(
      String name, String spec, Predicate<ObservedPod> until, PodPhase phase, String words) {
    return Arguments.of(name, spec, until, phase, words);
  }

  private static ContainerStatus main(ObservedPod pod) {
    return pod.containers().getFirst();
  }

  private static Predicate<ObservedPod> waits(String reason) {
    return pod ->
        !pod.containers().isEmpty()
            && main(pod).state() instanceof ContainerState.Waiting waiting
            && waiting.reason().equals(reason);
  }

  private static Predicate<ObservedPod> ended(int exitCode, String reason) {
    return pod ->
        !pod.containers().isEmpty()
            && main(pod)
                .lastTermination()
                .filter(last -> last.exitCode() == exitCode && last.reason().equals(reason))
                .isPresent();
  }

  private static Predicate<ObservedPod> failures(int least) {
    return pod -> !pod.containers().isEmpty() && main(pod).failures() >= least;
  }

  private static boolean initFails(ObservedPod pod) {
    return !pod.initContainers().isEmpty() && pod.initContainers().getFirst().failures() >= 3;
  }

  static Stream<Arguments> rows() {
    return Stream.of(
        row(
            "crash loop",
            spec(Behaviour.EXITS_3),
            waits("CrashLoopBackOff").and(ended(3, "Error")).and(failures(3)),
            PodPhase.RUNNING,
            "container main exits with code 3 again and again"),
        row(
            "liveness fails",
            spec(Behaviour.FAILS_LIVENESS),
            waits("CrashLoopBackOff").and(ended(0, "Completed")).and(pod -> pod.restarts() > 1),
            PodPhase.RUNNING,
            "container main"),
        row(
            "readiness fails",
            spec(Behaviour.NEVER_READY),
            pod ->
                !pod.containers().isEmpty()
                    && main(pod).state() instanceof ContainerState.Running
                    && !main(pod).ready(),
            PodPhase.RUNNING,
            "readiness probe does not succeed yet"),
        row(
            "init fails",
            spec(Behaviour.RUNS)
                .replace(
                    "'containers'",
                    "'initContainers':[{'name':'setup','image':'"
                        + Behaviour.EXITS_5.image()
                        + "'}],'containers'"),
            pod -> waits("PodInitializing").test(pod) && initFails(pod),
            PodPhase.PENDING,
            "init container setup exits with code 5"),
        row(
            "command not found",
            spec(Behaviour.COMMAND_NOT_FOUND),
            waits("CrashLoopBackOff").and(ended(128, "StartError")).and(failures(3)),
            PodPhase.RUNNING,
            "StartError"),
        row(
            "memory limit",
            spec(Behaviour.OUT_OF_MEMORY),
            ended(137, "OOMKilled").and(failures(3)),
            PodPhase.RUNNING,
            "OOMKilled"),
        row(
            "image not pullable",
            spec(Behaviour.NOT_PULLABLE),
            failures(3).and(waits("ImagePullBackOff")),
            PodPhase.PENDING,
            "cannot be pulled"),
        row(
            "image never pulled",
            spec(Behaviour.NEVER_PULLED),
            waits("ErrImageNeverPull"),
            PodPhase.PENDING,
            "is not on the instance and may not be pulled"),
        row(
            "bad image name",
            spec(Behaviour.BAD_NAME),
            waits("InvalidImageName"),
            PodPhase.PENDING,
            "is no name of an image"),
        row(
            "rejected",
            spec(Behaviour.RUNS)
                .replace(
                    "'name':'main'", "'name':'main','resources':{'requests':{'memory':'999Gi'}}"),
            pod -> pod.reason().equals("UnexpectedAdmissionError"),
            PodPhase.FAILED,
            "UnexpectedAdmissionError: Pod was rejected"),
        row(
            "failed for good",
            spec(Behaviour.EXITS_7, "Never"),
            pod -> pod.phase() == PodPhase.FAILED,
            PodPhase.FAILED,
            "container main failed with exit code 7"),
        row(
            "completed",
            spec(Behaviour.EXITS_0, "OnFailure"),
            pod -> pod.phase() == PodPhase.SUCCEEDED,
            PodPhase.SUCCEEDED,
            "all containers completed"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void isToldAsItIs(
      String name, String spec, Predicate<ObservedPod> until, PodPhase phase, String words) {
    DesiredPod pod = KubeletFixture.pod("web", "one", spec);
    fixture.desire(pod);

    ObservedPod seen = fixture.awaitPod("web", until);

    assertThat(seen.phase()).isEqualTo(phase);
    assertThat(seen.ready()).isFalse();
    assertThat(words(seen, pod)).contains(words);
    // Epoch stands for never, and is not told as a time.
    assertThat(seen.toString()).doesNotContain("1970-01-01");
  }

  private static String words(ObservedPod seen, DesiredPod pod) {
    PodProgress progress =
        PodProgress.of(seen, pod.token(), WaitFor.READY, RestartPolicy.of(pod.pod()));
    return switch (progress) {
      case PodProgress.Reached reached -> reached.words();
      case PodProgress.Waiting waiting -> waiting.why();
      case PodProgress.Failed failed -> failed.why();
    };
  }

  @org.junit.jupiter.api.Test
  void crashingContainerIsNotReadyWhileItRunsOnceMore() {
    DesiredPod pod = KubeletFixture.simple("web", "one", Behaviour.EXITS_3.image());
    List<ObservedPod> seen = new CopyOnWriteArrayList<>();
    fixture.runtime.onChange(() -> fixture.runtime.observe().ifPresent(seen::addAll));
    fixture.desire(pod);

    fixture.awaitPod("web", failures(3));

    await()
        .atMost(KubeletFixture.SOON)
        .until(() -> seen.stream().anyMatch(one -> one.restarts() > 0 && runs(one)));
    assertThat(seen.stream().filter(one -> one.restarts() > 0).filter(ObservedPod::ready))
        .isEmpty();
  }

  private static boolean runs(ObservedPod pod) {
    return main(pod).state() instanceof ContainerState.Running;
  }
}
