package io.hotpod.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hotpod.agent.runtime.RenderedFiles;
import io.hotpod.agent.runtime.kubelet.KubeletCredentials;
import io.hotpod.agent.runtime.kubelet.KubeletSettings;
import io.hotpod.agent.runtime.kubelet.KubeletTrust;
import io.hotpod.agent.runtime.podman.Manifests;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.DesiredPods;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodReport;
import io.hotpod.testing.kubelet.Certificates;
import io.hotpod.testing.kubelet.FakeKubelet;
import io.hotpod.testing.kubelet.FakeMachine;
import io.hotpod.testing.kubelet.Pace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole agent between a server and a kubelet that a test plays. */
final class TestAgentOnKubelet {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration HEARTBEAT = Duration.ofSeconds(2);

  private Path root;
  private FakeMachine machine;
  private FakeKubelet kubelet;
  private FakeServer server;
  private Agent agent;

  @BeforeEach
  void begin() throws IOException {
    root = Files.createTempDirectory("hotpod-agent-kubelet");
    machine = new FakeMachine(new Pace(0.1, new Random(3)));
    kubelet = FakeKubelet.start(machine, Files.createDirectory(root.resolve("manifests")));
    server = new FakeServer("instance-k");
    agent = new Agent(settings());
    agent.start();
  }

  private AgentSettings settings() {
    return settings("state", root.resolve("manifests"));
  }

  private AgentSettings settings(String state, Path manifests) {
    return new AgentSettings(
        server.uri(),
        "web-1",
        Optional.of("good"),
        root.resolve(state),
        Optional.empty(),
        Optional.of(
            new KubeletSettings(
                manifests,
                kubelet.url(),
                new KubeletCredentials.Anonymous(),
                new KubeletTrust.Fingerprint(Certificates.shared().fingerprint()),
                KubeletSettings.DEFAULT_FILE_CHECK_FREQUENCY)),
        Optional.of(root.resolve("secrets")),
        HEARTBEAT);
  }

  @AfterEach
  void end() throws IOException {
    agent.close();
    server.close();
    kubelet.close();
    RenderedFiles.delete(root);
    assertThat(machine.violations()).isEmpty();
  }

  private ObservedPod awaitReported(DesiredPod pod) {
    return await("report of " + pod)
        .atMost(SOON)
        .until(
            () ->
                server.newest().stream()
                    .flatMap(report -> report.pods().stream())
                    .filter(seen -> seen.ready() && seen.token().equals(pod.token()))
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  @Test
  void followsTheDesiredSetAndReports() {
    DesiredPod one = Manifests.sleeper("a", "one");
    server.desire(new DesiredPods(1, List.of(one)));
    ObservedPod first = awaitReported(one);
    assertThat(first.name()).startsWith("a-").endsWith("-labnode");

    DesiredPod two = Manifests.sleeper("a", "two");
    server.desire(new DesiredPods(2, List.of(two)));
    assertThat(awaitReported(two).uid()).isNotEqualTo(first.uid());

    PodReport report = server.newest().orElseThrow();
    assertThat(report.facts().runtime()).isEqualTo("kubelet");
    assertThat(report.facts().runtimeVersion()).isEqualTo("1.31.13");
    assertThat(report.facts().runtimeProblem()).isEmpty();

    server.desire(new DesiredPods(3, List.of()));
    await("a report without pods")
        .atMost(SOON)
        .until(() -> server.newest().filter(last -> last.pods().isEmpty()).isPresent());
    assertThat(machine.running()).isEmpty();
  }

  @Test
  void agentWithAnotherStateButTheSameManifestDirectoryRefusesToStart() throws IOException {
    Path link = Files.createSymbolicLink(root.resolve("other-way"), root.resolve("manifests"));
    try (Agent second = new Agent(settings("other-state", link))) {
      assertThatThrownBy(second::start)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("the manifest directory " + link + " is used by another agent")
          .hasMessageContaining("stop that one first")
          .hasMessageContaining("--kubelet-manifests");
    }

    agent.close();
    try (Agent second = new Agent(settings("other-state", link))) {
      assertThatCode(second::start).doesNotThrowAnyException();
    }
  }

  @Test
  void anotherRunOfTheAgentTakesOverWhatRuns() throws IOException {
    DesiredPod one = Manifests.sleeper("a", "one");
    server.desire(new DesiredPods(1, List.of(one)));
    ObservedPod before = awaitReported(one);

    agent.close();
    int reports = server.reports.size();
    agent = new Agent(settings());
    agent.start();
    await("reports go on").atMost(SOON).until(() -> server.reports.size() > reports);

    ObservedPod after = awaitReported(one);
    assertThat(after).isEqualTo(before);
    assertThat(machine.starts("a")).isEqualTo(1);
  }

  @Test
  void whoAsksForACommandIsToldWhatItWrote() {
    DesiredPod one = Manifests.sleeper("a", "one");
    server.desire(new DesiredPods(1, List.of(one)));
    ObservedPod before = awaitReported(one);

    server.ask("[{\"id\":\"r1\",\"kind\":\"exec\",\"pod_id\":\"a\",\"command\":[\"true\"]}]");

    await("an answer")
        .atMost(SOON)
        .until(() -> server.outputs.getOrDefault("r1", "").contains("ran [true]"));
    assertThat(awaitReported(one)).isEqualTo(before);
  }

  @Test
  void whoLeavesTakesItsPodsAlongOrLeavesThem() throws Exception {
    DesiredPod one = Manifests.sleeper("a", "one");
    server.desire(new DesiredPods(1, List.of(one)));
    ObservedPod pod = awaitReported(one);
    agent.close();
    Path foreign = Files.writeString(root.resolve("manifests/.foreign"), "not ours\n");
    Leaving leaving = new Leaving(settings(), Clock.systemUTC(), RandomGenerator.getDefault());

    assertThat(leaving.leave(false).left()).hasValue(List.of(pod.name()));
    assertThat(machine.running()).hasSize(1);

    Leaving.Outcome outcome = leaving.leave(true);

    assertThat(outcome.removed()).containsExactly(pod.name());
    assertThat(machine.running()).isEmpty();
    assertThat(root.resolve("manifests")).isDirectoryContaining(foreign::equals);
    assertThat(root.resolve("manifests").toFile().list()).hasSize(1);
    assertThat(root.resolve("state")).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(ints = {5, -5})
  void clockThatIsSetByHoursStopsNoReportAndNoPod(int hours) {
    agent.close();
    SettableClock clock = new SettableClock();
    agent = new Agent(settings(), clock, RandomGenerator.getDefault());
    DesiredPod one = Manifests.sleeper("a", "one");
    server.desire(new DesiredPods(1, List.of(one)));
    assertThatCode(agent::start).doesNotThrowAnyException();
    ObservedPod before = awaitReported(one);

    clock.jump(Duration.ofHours(hours));
    int reports = server.reports.size();
    long begun = System.nanoTime();
    await("two heartbeats").atMost(SOON).until(() -> server.reports.size() >= reports + 2);
    long heartbeats = 1 + Duration.ofNanos(System.nanoTime() - begun).dividedBy(HEARTBEAT);
    assertThat(server.reports.size() - reports).isLessThan((int) heartbeats + 10);
    assertThat(awaitReported(one)).isEqualTo(before);

    DesiredPod two = Manifests.startFirst(Manifests.sleeper("a", "two"));
    server.desire(new DesiredPods(2, List.of(two)));
    awaitReported(two);
    await("the old one is gone").atMost(SOON).until(() -> machine.running().size() == 1);
    assertThat(machine.starts("a")).isEqualTo(2);
  }
}
