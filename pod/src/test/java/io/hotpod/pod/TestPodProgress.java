package io.hotpod.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class TestPodProgress {
  private static final ModificationToken TOKEN = new ModificationToken("this");
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final ContainerState RUNNING = new ContainerState.Running(NOON);

  static Stream<Arguments> cases() {
    ContainerStatus ready = status("web", RUNNING, true, true, 0);
    ContainerStatus notReady = status("web", RUNNING, true, false, 0);
    ContainerStatus notStarted = status("web", RUNNING, false, false, 0);
    ContainerStatus completed = status("web", ended(0, "Completed"), false, false, 0);
    ContainerStatus creating = status("web", waiting("ContainerCreating", ""), false, false, 0);
    return Stream.of(
        // Another modification, or one on its way out, proves nothing.
        row(
            pod(PodPhase.RUNNING, true).withToken("other").of(ready),
            WaitFor.READY,
            "Waiting: the instance still has an earlier modification of the pod"),
        row(
            pod(PodPhase.FAILED, false).withToken("other").of(completed),
            WaitFor.READY,
            "Waiting: the instance still has an earlier modification of the pod"),
        row(
            pod(PodPhase.RUNNING, true).terminating().of(ready),
            WaitFor.READY,
            "Waiting: the pod is being removed"),
        // The way to ready.
        row(pod(PodPhase.PENDING, false).of(), WaitFor.READY, "Waiting: the pod is being created"),
        row(
            pod(PodPhase.PENDING, false).of(creating),
            WaitFor.READY,
            "Waiting: container web is being created"),
        row(
            pod(PodPhase.PENDING, false)
                .init(status("setup", RUNNING, true, false, 0))
                .of(status("web", waiting("PodInitializing", ""), false, false, 0)),
            WaitFor.READY,
            "Waiting: init container setup is still running"),
        row(
            pod(PodPhase.RUNNING, false).of(notStarted),
            WaitFor.READY,
            "Waiting: container web: startup probe does not succeed yet"),
        row(
            pod(PodPhase.RUNNING, false).of(notReady),
            WaitFor.READY,
            "Waiting: container web: readiness probe does not succeed yet"),
        row(
            pod(PodPhase.RUNNING, true).of(ready),
            WaitFor.READY,
            "Reached: all containers are ready"),
        row(
            pod(PodPhase.UNKNOWN, false).of(ready),
            WaitFor.READY,
            "Waiting: the instance cannot tell the state of the pod"),
        // Running.
        row(
            pod(PodPhase.RUNNING, false).of(notReady),
            WaitFor.RUNNING,
            "Reached: all containers run"),
        row(
            pod(PodPhase.RUNNING, false)
                .of(notReady, status("helper", waiting("ContainerCreating", ""), false, false, 0)),
            WaitFor.RUNNING,
            "Waiting: container helper is being created"),
        row(
            pod(PodPhase.RUNNING, false).of(completed, notReady),
            WaitFor.RUNNING,
            RestartPolicy.NEVER,
            "Reached: all containers run"),
        row(
            pod(PodPhase.RUNNING, false).of(completed, notReady),
            WaitFor.RUNNING,
            RestartPolicy.ALWAYS,
            "Waiting: container web completed"),
        // A pod that ran to its end.
        row(
            pod(PodPhase.SUCCEEDED, false).of(completed),
            WaitFor.READY,
            RestartPolicy.NEVER,
            "Reached: all containers completed"),
        row(
            pod(PodPhase.SUCCEEDED, false).of(completed),
            WaitFor.RUNNING,
            RestartPolicy.ON_FAILURE,
            "Reached: all containers completed"),
        row(
            pod(PodPhase.SUCCEEDED, false).of(completed),
            WaitFor.COMPLETED,
            RestartPolicy.NEVER,
            "Reached: all containers completed"),
        row(
            pod(PodPhase.RUNNING, true).of(ready),
            WaitFor.COMPLETED,
            RestartPolicy.NEVER,
            "Waiting: container web is still running"),
        row(
            pod(PodPhase.RUNNING, false).of(status("web", ended(3, "Error"), false, false, 1)),
            WaitFor.COMPLETED,
            RestartPolicy.NEVER,
            "Failed: container web failed with exit code 3 (Error) and is not started again"),
        row(
            pod(PodPhase.RUNNING, false).of(status("web", ended(3, "Error"), false, false, 1)),
            WaitFor.COMPLETED,
            RestartPolicy.ON_FAILURE,
            "Waiting: container web failed with exit code 3 (Error)"),
        row(
            pod(PodPhase.RUNNING, true).of(ready),
            WaitFor.COMPLETED,
            RestartPolicy.ALWAYS,
            "Failed: a pod with restartPolicy Always never completes; use OnFailure or Never"),
        row(
            pod(PodPhase.FAILED, false).of(status("web", ended(7, "OOMKilled"), false, false, 1)),
            WaitFor.READY,
            RestartPolicy.NEVER,
            "Failed: container web failed with exit code 7 (OOMKilled)"),
        row(
            pod(PodPhase.FAILED, false).reason("UnexpectedAdmissionError", "too\nlarge").of(),
            WaitFor.READY,
            "Failed: the pod failed (UnexpectedAdmissionError: too large)"),
        // What no further attempt can change.
        row(
            failing("ErrImageNeverPull", "", 0),
            WaitFor.READY,
            "Failed: container web: image web:1 is not on the instance and may not be pulled"
                + " (ErrImageNeverPull)"),
        row(
            failing("InvalidImageName", "bad", 0),
            WaitFor.RUNNING,
            "Failed: container web: image web:1 is no name of an image (InvalidImageName: bad)"),
        row(
            failing("CreateContainerConfigError", "secret keys is missing", 1),
            WaitFor.COMPLETED,
            RestartPolicy.NEVER,
            "Failed: container web has a configuration that is not there"
                + " (CreateContainerConfigError: secret keys is missing)"),
        // What may get better, until it was tried often enough.
        row(
            failing("ErrImagePull", "no such image", 2),
            WaitFor.READY,
            "Waiting: container web: image web:1 cannot be pulled (ErrImagePull: no such image)"),
        row(
            failing("ImagePullBackOff", "", 3),
            WaitFor.READY,
            "Failed: container web: image web:1 cannot be pulled (ImagePullBackOff)"),
        row(
            failing("CreateContainerError", "no", 2),
            WaitFor.READY,
            "Waiting: container web cannot be created (CreateContainerError: no)"),
        row(
            failing("CreateContainerError", "no", 3),
            WaitFor.READY,
            "Failed: container web cannot be created (CreateContainerError: no)"),
        row(
            failing("RunContainerError", "sh: not found", 4),
            WaitFor.READY,
            "Failed: container web cannot be started (RunContainerError: sh: not found)"),
        row(
            failing("PortConflict", "80", 3),
            WaitFor.READY,
            "Failed: container web wants a port that is taken on the instance (PortConflict: 80)"),
        row(
            pod(PodPhase.PENDING, false).reason("PortConflict", "port 80 is taken").of(creating),
            WaitFor.READY,
            "Waiting: the pod cannot start yet (PortConflict: port 80 is taken)"),
        row(
            pod(PodPhase.PENDING, false)
                .reason("PortConflict", "port 80 is taken")
                .of(status("web", waiting("ContainerCreating", ""), false, false, 3)),
            WaitFor.READY,
            "Failed: the pod cannot start (PortConflict: port 80 is taken)"),
        // Crash loops.
        row(crashLoop(1), WaitFor.READY, "Waiting: container web failed with exit code 3 (Error)"),
        row(
            crashLoop(2),
            WaitFor.READY,
            "Waiting: container web exits with code 3 again and again (2 times)"),
        row(
            crashLoop(3),
            WaitFor.READY,
            "Failed: container web exits with code 3 again and again (3 times)"),
        row(
            pod(PodPhase.RUNNING, false)
                .of(status("web", RUNNING, true, false, 3, Optional.of(ended(3, "Error")))),
            WaitFor.RUNNING,
            "Failed: container web exits with code 3 again and again (3 times)"),
        row(
            pod(PodPhase.PENDING, false)
                .init(status("setup", waiting("CrashLoopBackOff", "back-off"), false, false, 3))
                .of(status("web", waiting("PodInitializing", ""), false, false, 0)),
            WaitFor.READY,
            "Failed: init container setup fails again and again (3 times)"),
        row(
            pod(PodPhase.PENDING, false)
                .init(status("setup", ended(5, "Error"), false, false, 1))
                .of(status("web", waiting("PodInitializing", ""), false, false, 0)),
            WaitFor.READY,
            RestartPolicy.NEVER,
            "Failed: init container setup failed with exit code 5 (Error) and is not started"
                + " again"));
  }

  @ParameterizedTest(name = "{index} {3}")
  @MethodSource("cases")
  void judges(ObservedPod pod, WaitFor wanted, RestartPolicy policy, String expected) {
    assertThat(spoken(PodProgress.of(pod, TOKEN, wanted, policy))).isEqualTo(expected);
  }

  @Test
  void theReasonIsOneShortLine() {
    String endless = "line\n".repeat(1000);
    ObservedPod pod = failing("ErrImagePull", endless, 3);
    assertThat(spoken(PodProgress.of(pod, TOKEN, WaitFor.READY, RestartPolicy.ALWAYS)))
        .doesNotContain("\n")
        .hasSizeLessThan(500);
  }

  @Test
  void everyContainerThatDiffersIsNamed() {
    ObservedPod pod =
        pod(PodPhase.RUNNING, false)
            .of(
                status("web", waiting("ErrImageNeverPull", ""), false, false, 1),
                status("log", RUNNING, true, false, 0),
                status("fine", RUNNING, true, true, 0));

    assertThat(PodProgress.differences(pod, desired("web", "log", "fine", "gone"), WaitFor.READY))
        .satisfiesExactly(
            first -> assertThat(first).contains("web:1").contains("may not be pulled"),
            second -> assertThat(second).startsWith("container log: readiness probe"),
            third -> assertThat(third).isEqualTo("container gone is missing"));
  }

  @Test
  void aContainerOfAnotherImageDiffers() {
    ContainerStatus other =
        status("web", RUNNING, true, true, 0)
            .from(
                Optional.of(
                    new ContainerImage(
                        "localhost/other:1",
                        Optional.of("one"),
                        Optional.of(new ContainerImage.WantedImage(Optional.of("another"))))));
    ObservedPod pod = pod(PodPhase.RUNNING, true).of(other, status("log", RUNNING, true, true, 0));

    assertThat(PodProgress.differences(pod, desired("web", "log"), WaitFor.READY))
        .containsExactly(
            "container web was made from image localhost/other:1 and not from localhost/web:1");
    assertThat(PodProgress.of(pod, desired("web", "log"), WaitFor.READY))
        .isInstanceOf(PodProgress.Reached.class);
  }

  @Test
  void aPodWithOldFilesDiffersAndHasNotGotThere() {
    DesiredPod desired = desired("web");
    ObservedPod old =
        pod(PodPhase.RUNNING, true).of("older", status("web", RUNNING, true, true, 0));
    ObservedPod present =
        pod(PodPhase.RUNNING, true)
            .of(desired.configurationRevision(), status("web", RUNNING, true, true, 0));

    assertThat(PodProgress.of(old, desired, WaitFor.READY)).isInstanceOf(PodProgress.Waiting.class);
    assertThat(PodProgress.differences(old, desired, WaitFor.READY))
        .containsExactly(PodProgress.OLD_FILES);
    assertThat(PodProgress.of(present, desired, WaitFor.READY))
        .isInstanceOf(PodProgress.Reached.class);
    assertThat(PodProgress.differences(present, desired, WaitFor.READY)).isEmpty();
  }

  @Test
  void whatWaitsForItsTurnIsNoDifferenceOfItsOwn() {
    ObservedPod pod =
        pod(PodPhase.PENDING, false)
            .init(
                status("first", RUNNING, true, false, 0),
                status("second", waiting("PodInitializing", ""), false, false, 0))
            .of(status("web", waiting("PodInitializing", ""), false, false, 0));

    assertThat(PodProgress.differences(pod, desired("web"), WaitFor.READY))
        .containsExactly("init container first is still running");
  }

  private static DesiredPod desired(String... containers) {
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withName("web")
            .endMetadata()
            .withNewSpec()
            .withRestartPolicy("Always")
            .withContainers(
                Stream.of(containers)
                    .map(
                        name ->
                            new ContainerBuilder()
                                .withName(name)
                                .withImage("localhost/" + name + ":1")
                                .build())
                    .toList())
            .endSpec()
            .build();
    return new DesiredPod(
        "id", TOKEN, true, pod, Map.of(), Map.of(), UpdateStrategy.RECREATE, List.of());
  }

  private static String spoken(PodProgress progress) {
    return switch (progress) {
      case PodProgress.Reached(String words) -> "Reached: " + words;
      case PodProgress.Waiting(String why) -> "Waiting: " + why;
      case PodProgress.Failed(String why) -> "Failed: " + why;
    };
  }

  private static Arguments row(ObservedPod pod, WaitFor wanted, String expected) {
    return arguments(pod, wanted, RestartPolicy.ALWAYS, expected);
  }

  private static Arguments row(
      ObservedPod pod, WaitFor wanted, RestartPolicy policy, String expected) {
    return arguments(pod, wanted, policy, expected);
  }

  private static ObservedPod failing(String reason, String message, int failures) {
    return pod(PodPhase.PENDING, false)
        .of(status("web", waiting(reason, message), false, false, failures));
  }

  private static ObservedPod crashLoop(int failures) {
    return pod(PodPhase.RUNNING, false)
        .of(
            status(
                "web",
                waiting("CrashLoopBackOff", "back-off 10s"),
                false,
                false,
                failures,
                Optional.of(ended(3, "Error"))));
  }

  private static ContainerState.Waiting waiting(String reason, String message) {
    return new ContainerState.Waiting(reason, message);
  }

  private static ContainerState.Terminated ended(int exitCode, String reason) {
    return new ContainerState.Terminated(
        exitCode, reason, "", Optional.of(NOON), Optional.of(NOON));
  }

  private static ContainerStatus status(
      String name, ContainerState state, boolean started, boolean ready, int failures) {
    return status(name, state, started, ready, failures, Optional.empty());
  }

  private static ContainerStatus status(
      String name,
      ContainerState state,
      boolean started,
      boolean ready,
      int failures,
      Optional<ContainerState.Terminated> last) {
    return new ContainerStatus(
        name,
        state,
        last,
        ready,
        started,
        failures,
        failures,
        "web:1",
        Optional.empty(),
        Optional.empty());
  }

  private static Builder pod(PodPhase phase, boolean ready) {
    return new Builder(phase, ready, TOKEN, false, "", "", List.of());
  }

  private record Builder(
      PodPhase phase,
      boolean ready,
      ModificationToken token,
      boolean out,
      String reason,
      String message,
      List<ContainerStatus> initContainers) {
    Builder withToken(String value) {
      return new Builder(
          phase, ready, new ModificationToken(value), out, reason, message, initContainers);
    }

    Builder terminating() {
      return new Builder(phase, ready, token, true, reason, message, initContainers);
    }

    Builder reason(String word, String words) {
      return new Builder(phase, ready, token, out, word, words, initContainers);
    }

    Builder init(ContainerStatus... statuses) {
      return new Builder(phase, ready, token, out, reason, message, List.of(statuses));
    }

    ObservedPod of(ContainerStatus... containers) {
      return of(Optional.empty(), containers);
    }

    ObservedPod of(String configuration, ContainerStatus... containers) {
      return of(Optional.of(configuration), containers);
    }

    private ObservedPod of(Optional<String> configuration, ContainerStatus... containers) {
      return new ObservedPod(
          "id",
          "web",
          token,
          phase,
          ready,
          out,
          reason,
          message,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          initContainers,
          List.of(containers),
          configuration);
    }
  }
}
