package io.hotpod.agent.runtime.podman;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.pod.ContainerState;
import io.hotpod.pod.ContainerStatus;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodPhase;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Starts, ends and failures of containers, in the words of a kubelet. */
final class TestContainerKeeping {
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
  void initContainersRunInOrderBeforeTheOthers() throws Exception {
    String spec =
        """
        {'terminationGracePeriodSeconds':1,'volumes':[{'name':'v','emptyDir':{}}],
         'initContainers':[
          {'name':'one','image':'IMAGE','command':['sh','-c','sleep 0.3; echo one >> /v/order'],
           'volumeMounts':[{'name':'v','mountPath':'/v'}]},
          {'name':'two','image':'IMAGE','command':['sh','-c','echo two >> /v/order'],
           'volumeMounts':[{'name':'v','mountPath':'/v'}]}],
         'containers':[
          {'name':'main','image':'IMAGE','command':['sh','-c','cat /v/order; exec sleep 1000'],
           'volumeMounts':[{'name':'v','mountPath':'/v'}]}]}
        """;

    ObservedPod ready = fixture.applyReady(Manifests.pod("web", "one", spec));

    fixture.awaitLogs("web", "main", "one\ntwo\n");
    assertThat(ready.initContainers()).allMatch(ContainerStatus::ready).hasSize(2);
    assertThat(ready.initContainers().getFirst().state())
        .isInstanceOfSatisfying(
            ContainerState.Terminated.class,
            how -> assertThat(how.reason()).isEqualTo("Completed"));
  }

  @Test
  void failingInitContainerHoldsBackTheOthers() {
    String spec =
        """
        {'initContainers':[{'name':'one','image':'IMAGE','command':['sh','-c','exit 5']}],
         'containers':[{'name':'main','image':'IMAGE','command':['sleep','1000']}]}
        """;
    fixture.runtime.apply(Manifests.pod("web", "one", spec));

    ObservedPod looping =
        fixture.awaitPod("web", pod -> waits(pod.initContainers().getFirst(), "CrashLoopBackOff"));

    assertThat(looping.phase()).isEqualTo(PodPhase.PENDING);
    assertThat(waits(fixture.main(looping), "PodInitializing")).isTrue();
    assertThat(looping.initContainers().getFirst().lastTermination().orElseThrow().exitCode())
        .isEqualTo(5);
    assertThat(condition(looping, "Initialized")).isFalse();
  }

  @Test
  void initContainerThatMayNotRestartFailsThePod() {
    String spec =
        """
        {'restartPolicy':'Never',
         'initContainers':[{'name':'one','image':'IMAGE','command':['sh','-c','exit 5']}],
         'containers':[{'name':'main','image':'IMAGE','command':['sleep','1000']}]}
        """;
    fixture.runtime.apply(Manifests.pod("web", "one", spec));

    fixture.awaitPod("web", pod -> pod.phase() == PodPhase.FAILED);
  }

  @Test
  void crashLoopIsToldWithItsExitCode() {
    fixture.runtime.apply(Manifests.pod("web", "one", Manifests.spec("exit 3")));

    ObservedPod looping =
        fixture.awaitPod("web", pod -> waits(fixture.main(pod), "CrashLoopBackOff"));

    assertThat(looping.ready()).isFalse();

    assertThat(looping.phase()).isEqualTo(PodPhase.RUNNING);
    ContainerStatus main = fixture.main(looping);
    assertThat(main.restarts()).isEqualTo(1);
    assertThat(main.failures()).isEqualTo(2);
    assertThat(main.lastTermination().orElseThrow().exitCode()).isEqualTo(3);
    assertThat(main.lastTermination().orElseThrow().reason()).isEqualTo("Error");
    assertThat(((ContainerState.Waiting) main.state()).message()).contains("back-off 10s");

    fixture.restart();
    fixture.runtime.apply(Manifests.pod("web", "one", Manifests.spec("exit 3")));
    ContainerStatus again =
        fixture.main(
            fixture.awaitPod(
                "web", pod -> !pod.containers().isEmpty() && fixture.main(pod).failures() >= 3));
    assertThat(again.restarts()).isGreaterThanOrEqualTo(1);
  }

  @Test
  void containerThatEndedIsStartedAgainAtOnceWithFreshFiles() throws Exception {
    ObservedPod before = fixture.applyReady(Manifests.sleeper("web", "one"));
    String id = fixture.main(before).containerId().orElseThrow();

    fixture.podman.stop(id, Duration.ZERO);

    ObservedPod after =
        fixture.awaitPod(
            "web", Duration.ofSeconds(15), pod -> pod.ready() && fixture.main(pod).restarts() == 1);
    assertThat(fixture.main(after).containerId())
        .isNotEqualTo(before.containers().getFirst().containerId());
    assertThat(fixture.main(after).lastTermination().orElseThrow().exitCode()).isEqualTo(137);
    assertThat(after.uid()).isEqualTo(before.uid());
  }

  @Test
  void podThatIsToRunOnceSucceeds() {
    String spec = Manifests.spec("exit 0").replaceFirst("\\{", "{'restartPolicy':'OnFailure',");
    fixture.runtime.apply(Manifests.pod("job", "one", spec));

    ObservedPod done = fixture.awaitPod("job", pod -> pod.phase() == PodPhase.SUCCEEDED);

    assertThat(fixture.main(done).restarts()).isZero();
    assertThat(fixture.main(done).state())
        .isInstanceOfSatisfying(
            ContainerState.Terminated.class,
            how -> assertThat(how.reason()).isEqualTo("Completed"));
  }

  @Test
  void podThatMayNotRestartFails() {
    String spec = Manifests.spec("exit 7").replaceFirst("\\{", "{'restartPolicy':'Never',");
    fixture.runtime.apply(Manifests.pod("job", "one", spec));

    ObservedPod failed = fixture.awaitPod("job", pod -> pod.phase() == PodPhase.FAILED);

    assertThat(fixture.main(failed).restarts()).isZero();
    assertThat(((ContainerState.Terminated) fixture.main(failed).state()).exitCode()).isEqualTo(7);
  }

  @Test
  void commandThatIsMissingIsAStartError() {
    String spec = Manifests.spec("x").replace("'sh','-c','x'", "'/no/such'");
    fixture.runtime.apply(Manifests.pod("web", "one", spec));

    ObservedPod looping =
        fixture.awaitPod("web", pod -> waits(fixture.main(pod), "CrashLoopBackOff"));

    assertThat(looping.phase()).isEqualTo(PodPhase.RUNNING);
    ContainerState.Terminated last = fixture.main(looping).lastTermination().orElseThrow();
    assertThat(last.reason()).isEqualTo("StartError");
    assertThat(last.exitCode()).isEqualTo(128);
    assertThat(last.message()).contains("/no/such");
    assertThat(fixture.main(looping).failures()).isEqualTo(2);
  }

  @Test
  void commandThatIsMissingFailsAPodThatMayNotRestart() {
    String spec =
        Manifests.spec("x")
            .replace("'sh','-c','x'", "'/no/such'")
            .replaceFirst("\\{", "{'restartPolicy':'Never',");
    fixture.runtime.apply(Manifests.pod("job", "one", spec));

    ObservedPod failed = fixture.awaitPod("job", pod -> pod.phase() == PodPhase.FAILED);

    ContainerState.Terminated how = (ContainerState.Terminated) fixture.main(failed).state();
    assertThat(how.reason()).isEqualTo("StartError");
    assertThat(how.exitCode()).isEqualTo(128);
    assertThat(how.message()).contains("/no/such");
    assertThat(fixture.main(failed).failures()).isEqualTo(1);
    assertThat(fixture.main(failed).restarts()).isZero();

    fixture.restart();
    fixture.runtime.apply(Manifests.pod("job", "one", spec));
    ObservedPod after = fixture.awaitPod("job", pod -> pod.phase() == PodPhase.FAILED);
    // With the same time of its end: the new agent did not try it again.
    assertThat(fixture.main(after).state()).isEqualTo(how);
  }

  @Test
  void initContainerThatCannotStartFailsAPodThatMayNotRestart() {
    String spec =
        """
        {'restartPolicy':'Never',
         'initContainers':[{'name':'one','image':'IMAGE','command':['/etc']}],
         'containers':[{'name':'main','image':'IMAGE','command':['sleep','1000']}]}
        """;
    fixture.runtime.apply(Manifests.pod("job", "one", spec));

    ObservedPod failed = fixture.awaitPod("job", pod -> pod.phase() == PodPhase.FAILED);

    assertThat(failed.initContainers().getFirst().state())
        .isInstanceOfSatisfying(
            ContainerState.Terminated.class,
            how -> assertThat(how.reason()).isEqualTo("StartError"));
    assertThat(waits(fixture.main(failed), "PodInitializing")).isTrue();
  }

  @Test
  void imageThatMayNotBePulledIsNamed() {
    fixture.runtime.apply(Manifests.pod("web", "one", image("localhost/none:1", "Never")));

    ObservedPod waiting =
        fixture.awaitPod("web", pod -> waits(fixture.main(pod), "ErrImageNeverPull"));

    assertThat(waiting.phase()).isEqualTo(PodPhase.PENDING);
    assertThat(((ContainerState.Waiting) fixture.main(waiting).state()).message())
        .contains("localhost/none:1");
  }

  @Test
  void imageOfThisMachineIsNotPulledWhateverThePolicy() {
    fixture.runtime.apply(Manifests.pod("web", "one", image("localhost/none:1", "Always")));

    ObservedPod waiting =
        fixture.awaitPod(
            "web", Duration.ofSeconds(10), pod -> waits(fixture.main(pod), "ImagePullBackOff"));

    assertThat(((ContainerState.Waiting) fixture.main(waiting).state()).message())
        .contains("no image \"localhost/none:1\" on this instance", "names no registry");
  }

  @Test
  void imageThatCannotBePulledIsNamedWithTheCause() {
    fixture.runtime.apply(Manifests.pod("web", "one", image("localhost:1/none:1", "IfNotPresent")));

    ObservedPod waiting =
        fixture.awaitPod("web", pod -> waits(fixture.main(pod), "ImagePullBackOff"));

    assertThat(waiting.phase()).isEqualTo(PodPhase.PENDING);
    assertThat(fixture.main(waiting).failures()).isEqualTo(1);
    assertThat(((ContainerState.Waiting) fixture.main(waiting).state()).message())
        .contains("localhost:1/none:1")
        .contains("connection refused");
  }

  @Test
  void imageNameThatIsNoneIsSaidSo() {
    fixture.runtime.apply(Manifests.pod("web", "one", image("Bad!!Name", "IfNotPresent")));

    fixture.awaitPod("web", pod -> waits(fixture.main(pod), "InvalidImageName"));
  }

  @Test
  void oneBadContainerDoesNotHoldBackTheOther() {
    String spec =
        """
        {'terminationGracePeriodSeconds':1,'containers':[
          {'name':'bad','image':'localhost/none:1','imagePullPolicy':'Never'},
          {'name':'good','image':'IMAGE','command':['sleep','1000']}]}
        """;
    fixture.runtime.apply(Manifests.pod("web", "one", spec));

    fixture.awaitPod(
        "web",
        pod ->
            pod.containers().get(1).ready()
                && waits(pod.containers().get(0), "ErrImageNeverPull")
                && !pod.ready());
  }

  @Test
  void memoryLimitIsEnforced() {
    String spec =
        """
        {'restartPolicy':'Never','containers':[{'name':'main','image':'IMAGE',
          'command':['sh','-c','dd if=/dev/zero of=/dev/null bs=200M count=1'],
          'resources':{'limits':{'memory':'16Mi'}}}]}
        """;
    fixture.runtime.apply(Manifests.pod("web", "one", spec));

    ObservedPod failed = fixture.awaitPod("web", pod -> pod.phase() == PodPhase.FAILED);

    // Whether it is named OOMKilled depends on the kernel's cgroups: conmon is not told everywhere.
    assertThat(((ContainerState.Terminated) fixture.main(failed).state()).exitCode())
        .isEqualTo(137);
  }

  private static String image(String name, String policy) {
    return "{'containers':[{'name':'main','image':'"
        + name
        + "','imagePullPolicy':'"
        + policy
        + "'}]}";
  }

  private static boolean waits(ContainerStatus status, String reason) {
    Predicate<ContainerState> reasoned =
        state -> state instanceof ContainerState.Waiting waiting && waiting.reason().equals(reason);
    return reasoned.test(status.state());
  }

  private static boolean condition(ObservedPod pod, String type) {
    return pod.conditions().stream()
        .filter(one -> one.type().equals(type))
        .allMatch(one -> one.status());
  }
}
