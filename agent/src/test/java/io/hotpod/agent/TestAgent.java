package io.hotpod.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hotpod.agent.runtime.podman.Manifests;
import io.hotpod.agent.runtime.podman.PodmanPods;
import io.hotpod.agent.runtime.podman.SharedPodman;
import io.hotpod.agent.state.Identity;
import io.hotpod.agent.state.StateDirectory;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.DesiredPods;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodHistory;
import io.hotpod.pod.PodReport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A whole agent between a server that a test plays and the real Podman. */
final class TestAgent {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final String instance = "test-" + UUID.randomUUID();
  private Path state;
  private FakeServer server;
  private Agent agent;

  @BeforeEach
  void begin() throws IOException {
    state = Files.createTempDirectory("hotpod-agent-test");
    server = new FakeServer(instance);
    agent = agent(server.uri());
  }

  private Agent agent(URI uri) throws IOException {
    Agent started = new Agent(settings(uri));
    started.start();
    return started;
  }

  private AgentSettings settings(URI uri) {
    return new AgentSettings(
        uri,
        "web-1",
        Optional.of("good"),
        state,
        Optional.of(SharedPodman.socket()),
        Optional.empty(),
        Optional.of(state.resolve("secrets")),
        Duration.ofSeconds(2));
  }

  @AfterEach
  void end() throws Exception {
    agent.close();
    server.close();
    PodmanPods.removeAll(instance);
  }

  private ObservedPod awaitPod(String id, Predicate<ObservedPod> condition) {
    return await("report of " + id)
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(10))
        .until(
            () ->
                server.newest().stream()
                    .flatMap(report -> report.pods().stream())
                    .filter(pod -> pod.id().equals(id))
                    .filter(condition)
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  private void awaitNoPods() {
    await("a report without pods")
        .atMost(SOON)
        .until(() -> server.newest().filter(report -> report.pods().isEmpty()).isPresent());
  }

  @Test
  void secondAgentOfTheSameInstanceRefusesToStart() {
    awaitNoPods();
    try (Agent second = new Agent(settings(server.uri()))) {
      assertThatThrownBy(second::start)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("is used by another agent");
    }
  }

  @Test
  void followsTheDesiredSetAndReports() throws Exception {
    DesiredPod one = Manifests.sleeper("a", "one");
    server.desire(new DesiredPods(1, List.of(one)));
    ObservedPod first = awaitPod("a", ObservedPod::ready);

    DesiredPod two = Manifests.sleeper("b", "one");
    server.desire(new DesiredPods(2, List.of(one, two)));
    awaitPod("b", ObservedPod::ready);
    assertThat(awaitPod("a", ObservedPod::ready).containers()).isEqualTo(first.containers());

    server.desire(new DesiredPods(3, List.of(Manifests.sleeper("a", "two"), two)));
    ObservedPod replaced = awaitPod("a", pod -> pod.ready() && pod.token().value().equals("two"));
    assertThat(replaced.uid()).isNotEqualTo(first.uid());

    server.desire(new DesiredPods(4, List.of(Manifests.suspended(two))));
    awaitNoPods();
    assertThat(PodmanPods.names(instance)).isEmpty();
    PodReport last = server.newest().orElseThrow();
    assertThat(last.desiredVersion()).isEqualTo(4);
    assertThat(last.facts().runtime()).isEqualTo("podman");
    assertThat(last.facts().runtimeVersion()).isNotEmpty();
    assertThat(last.facts().capacity().orElseThrow().diskBytes())
        .isEqualTo(Files.getFileStore(state).getTotalSpace());
    assertThat(server.reports).extracting(PodReport::session).containsOnly(last.session());
    assertThat(server.reports).extracting(PodReport::sequence).isSorted().doesNotHaveDuplicates();
    assertThat(server.enrolments).hasSize(1);
  }

  @Test
  void replacedPodIsNeverThereTwice() throws Exception {
    server.desire(new DesiredPods(1, List.of(Manifests.sleeper("a", "one"))));
    awaitPod("a", ObservedPod::ready);

    server.desire(new DesiredPods(2, List.of(Manifests.sleeper("a", "two"))));
    awaitPod("a", pod -> pod.ready() && pod.token().value().equals("two"));

    assertThat(server.reports)
        .allMatch(
            report -> report.pods().stream().filter(pod -> pod.id().equals("a")).count() <= 1);
  }

  @Test
  void startFirstHasTheOldOneUntilTheNewOneIsReadyIfTheirPortsDiffer() throws Exception {
    int port = freePort();
    server.desire(new DesiredPods(1, List.of(startFirst("one", port))));
    awaitPod("a", ObservedPod::ready);

    int other = freePort();
    server.desire(new DesiredPods(2, List.of(startFirst("two", other))));
    awaitPod("a", pod -> pod.ready() && pod.token().value().equals("two"));
    await().atMost(SOON).until(() -> server.newest().orElseThrow().pods().size() == 1);

    assertThat(reportsOf("two"))
        .isNotEmpty()
        .allMatch(report -> report.pods().stream().anyMatch(ObservedPod::ready));

    server.desire(new DesiredPods(3, List.of(startFirst("three", other))));
    ObservedPod last = awaitPod("a", pod -> pod.ready() && pod.token().value().equals("three"));

    assertThat(last.message()).contains("port " + other + "/TCP", "in spite of START_FIRST");
    assertThat(reportsOf("three")).isNotEmpty().allMatch(report -> report.pods().size() == 1);
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static DesiredPod startFirst(String token, int port) {
    String ports =
        "'ports':[{'containerPort':80,'hostIP':'127.0.0.1','hostPort':" + port + "}],'command'";
    return Manifests.startFirst(
        Manifests.pod("a", token, Manifests.spec("exec sleep 1000").replace("'command'", ports)));
  }

  private List<PodReport> reportsOf(String token) {
    return server.reports.stream()
        .filter(report -> report.pods().stream().anyMatch(pod -> pod.token().value().equals(token)))
        .toList();
  }

  @Test
  void nonsenseAndSilenceOfTheServerChangeNothing() throws Exception {
    server.desire(new DesiredPods(5, List.of(Manifests.sleeper("a", "one"))));
    ObservedPod before = awaitPod("a", PodmanPods::settled);

    for (FakeServer.Answer nonsense :
        List.of(
            garbage(""),
            garbage("null"),
            garbage("{}"),
            garbage("{\"version\":6"),
            garbage("{\"version\":-7,\"pods\":[]}"),
            garbage("{\"version\":9,\"pods\":[null]}"),
            garbage(" ".repeat(17 << 20)),
            new FakeServer.Answer(200, "{\"version\":9,\"pods\":[]}"),
            new FakeServer.Answer(200, "{\"version\":9,\"pods\":[]}", "another-instance", "0"),
            new FakeServer.Answer(200, "{\"version\":9,\"pods\":[]}", instance, ""),
            new FakeServer.Answer(200, "{\"version\":9,\"pods\":[]}", instance, "1"),
            new FakeServer.Answer(401, "{}"),
            new FakeServer.Answer(500, "oh"))) {
      server.answerInstead(nonsense);
      awaitQuestions(2);
      assertThat(PodmanPods.names(instance)).as("after %s", brief(nonsense)).hasSize(1);
      server.answerInstead(null);
      awaitQuestions(2);
    }
    server.answerInstead(null);
    server.desire(new DesiredPods(6, List.of(Manifests.sleeper("a", "one"))));

    await().atMost(SOON).until(() -> server.newest().orElseThrow().desiredVersion() == 6);
    assertThat(awaitPod("a", PodmanPods::settled).containers()).isEqualTo(before.containers());
  }

  /** With the headers of a right answer, so that it is the body that is looked at. */
  private FakeServer.Answer garbage(String body) {
    return new FakeServer.Answer(200, body, instance, "0");
  }

  private static String brief(FakeServer.Answer answer) {
    String body = answer.body();
    return answer.status() + " " + body.substring(0, Math.min(body.length(), 40));
  }

  private void awaitQuestions(int count) {
    int asked = server.asked.size();
    await().atMost(SOON).until(() -> server.asked.size() >= asked + count);
  }

  @Test
  void restartWithTheServerAwayRestartsNothingAndReportsLater() throws Exception {
    server.desire(new DesiredPods(1, List.of(Manifests.sleeper("a", "one"))));
    ObservedPod before = awaitPod("a", PodmanPods::settled);
    int port = server.port();
    server.close();
    agent.close();
    assertThat(PodmanPods.names(instance)).hasSize(1);

    agent = agent(URI.create("http://127.0.0.1:" + port));
    assertThat(agent.instanceId().get(5, TimeUnit.SECONDS)).isEqualTo(instance);
    server = new FakeServer(instance, port);
    server.desire(new DesiredPods(1, List.of(Manifests.sleeper("a", "one"))));

    ObservedPod after = awaitPod("a", PodmanPods::settled);
    assertThat(after.containers()).isEqualTo(before.containers());
    assertThat(server.enrolments).isEmpty();
  }

  @Test
  void whatHappenedWhileTheServerWasAwayIsToldLater() throws Exception {
    server.desire(new DesiredPods(1, List.of(Manifests.sleeper("a", "one"))));
    ObservedPod before = awaitPod("a", ObservedPod::ready);
    int port = server.port();
    server.close();
    Instant since = Instant.now();
    PodmanPods.kill(before.containers().getFirst().containerId().orElseThrow());
    Path history = state.resolve("history.json");
    await("written down")
        .atMost(SOON)
        .until(() -> Files.exists(history) && Files.readString(history).contains("started again"));
    agent.close();

    agent = agent(URI.create("http://127.0.0.1:" + port));
    server = new FakeServer(instance, port);
    server.desire(new DesiredPods(1, List.of(Manifests.sleeper("a", "one"))));

    PodHistory told =
        await("history")
            .atMost(SOON)
            .until(
                () -> server.reports.stream().flatMap(one -> one.history().stream()).findFirst(),
                Optional::isPresent)
            .orElseThrow();
    assertThat(told.transitions())
        .allSatisfy(
            each -> {
              assertThat(each.podId()).isEqualTo("a");
              assertThat(each.time()).isBetween(since, Instant.now());
            })
        .anyMatch(
            each -> each.words().contains("container main was started again after exit code 137"));
    await("let go").atMost(SOON).until(() -> !Files.readString(history).contains("started again"));
  }

  @Test
  void podsComeBackInOrderWithoutAServer() throws Exception {
    DesiredPod first =
        Manifests.pod(
            "first",
            "one",
            """
            {'terminationGracePeriodSeconds':1,'containers':[{'name':'main','image':'IMAGE',
              'command':['sh','-c','sleep 1; touch /up; exec sleep 1000'],
              'readinessProbe':{'periodSeconds':1,'exec':{'command':['test','-e','/up']}}}]}
            """);
    DesiredPod second = Manifests.after(Manifests.sleeper("second", "one"), "first");
    server.desire(new DesiredPods(1, List.of(second, first)));
    ObservedPod secondBefore = awaitPod("second", ObservedPod::ready);
    ObservedPod firstBefore = awaitPod("first", ObservedPod::ready);
    assertThat(secondBefore.startedAt().orElseThrow())
        .isAfter(firstBefore.startedAt().orElseThrow().plusSeconds(1));
    int port = server.port();
    server.close();
    agent.close();
    PodmanPods.stopAll(instance);

    agent = agent(URI.create("http://127.0.0.1:" + port));
    await().atMost(SOON).until(() -> PodmanPods.running(instance).size() == 2);
    server = new FakeServer(instance, port);

    ObservedPod secondAfter = awaitPod("second", ObservedPod::ready);
    ObservedPod firstAfter = awaitPod("first", ObservedPod::ready);
    assertThat(firstAfter.uid()).isPresent().isNotEqualTo(firstBefore.uid());
    assertThat(secondAfter.startedAt().orElseThrow())
        .isAfter(firstAfter.startedAt().orElseThrow().plusSeconds(1));
  }

  @Test
  void logsAreAnsweredToTheServer() {
    server.desire(
        new DesiredPods(
            1, List.of(Manifests.pod("a", "one", Manifests.spec("echo hello; exec sleep 1000")))));
    awaitPod("a", ObservedPod::ready);

    server.ask(
        """
        [{"id":"r1","kind":"logs","pod_id":"a","container":"main","tail":10,"follow":false},
         {"id":"r2","kind":"logs","pod_id":"none","container":"","follow":false},
         {"id":"r3","kind":"dance","pod_id":"a","container":"","follow":false},
         {"id":"r4","kind":"logs","pod_id":"a","container":"","follow":true}]
        """);

    await().atMost(SOON).untilAsserted(() -> assertThat(server.outputs).hasSize(4));
    assertThat(server.outputs.get("r1")).isEqualTo("hello\n");
    assertThat(server.outputs.get("r2"))
        .isEqualTo("error: there is no pod none here; it is suspended or was not started yet");
    assertThat(server.outputs.get("r3")).startsWith("error: ").contains("dance");
    assertThat(server.outputs.get("r4")).isEqualTo("hello\n");
  }

  @Test
  void refusedJoinTokenIsFinal() throws Exception {
    Path other = Files.createTempDirectory("hotpod-agent-test");
    AgentSettings settings =
        AgentSettings.of(server.uri(), "web-2", other)
            .withJoinToken("bad")
            .withPodmanSocket(SharedPodman.socket());
    try (Agent refused = new Agent(settings)) {
      refused.start();
      assertThatThrownBy(() -> refused.instanceId().get(10, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasMessageContaining("refuses the join token");
    }
    assertThat(settings.toString()).doesNotContain("bad");
  }

  @Test
  void stateOfAnotherInstanceIsRefusedWithBothNames() throws IOException {
    Path other = Files.createTempDirectory("hotpod-agent-test");
    new StateDirectory(other).save(new Identity(instance, "secret", Optional.of("web-1")));
    AgentSettings settings =
        AgentSettings.of(server.uri(), "web-9", other).withPodmanSocket(SharedPodman.socket());
    try (Agent stranger = new Agent(settings)) {
      assertThatThrownBy(stranger::start)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(other + " is that of instance web-1, not of web-9");
    }
  }

  @Test
  void withoutCredentialAndTokenItSaysWhatToDo() throws IOException {
    Path other = Files.createTempDirectory("hotpod-agent-test");
    try (Agent stranger = new Agent(AgentSettings.of(server.uri(), "web-3", other))) {
      assertThatThrownBy(stranger::start)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("join token");
    }
  }
}
