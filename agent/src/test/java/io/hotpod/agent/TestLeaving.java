package io.hotpod.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hotpod.agent.runtime.podman.Manifests;
import io.hotpod.agent.runtime.podman.PodmanPods;
import io.hotpod.agent.runtime.podman.SharedPodman;
import io.hotpod.agent.state.StateDirectory;
import io.hotpod.pod.DesiredPods;
import io.hotpod.pod.ObservedPod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of an instance, between a server that a test plays and the real Podman. */
final class TestLeaving {
  private final String instance = "test-" + UUID.randomUUID();
  private @TempDir Path state;
  private FakeServer server;
  private AgentSettings settings;

  @BeforeEach
  void begin() throws IOException {
    server = new FakeServer(instance);
    settings =
        new AgentSettings(
            server.uri(),
            "web-1",
            Optional.of("good"),
            state,
            Optional.of(SharedPodman.socket()),
            Optional.empty(),
            Optional.of(state.resolve("in-memory")),
            Duration.ofSeconds(2));
    server.desire(new DesiredPods(1, List.of(Manifests.sleeper("a", "one"))));
    try (Agent agent = new Agent(settings)) {
      agent.start();
      await("a ready pod")
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  server.newest().stream()
                      .flatMap(report -> report.pods().stream())
                      .anyMatch(ObservedPod::ready));
    }
  }

  @AfterEach
  void end() throws Exception {
    server.close();
    PodmanPods.removeAll(instance);
  }

  private static Leaving leaving(AgentSettings settings) {
    return new Leaving(
        settings, Set.of(), Duration.ofSeconds(2), Clock.systemUTC(), RandomGenerator.getDefault());
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(state)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void podsAreRemovedTheServerKnowsAndNothingIsRemembered() throws Exception {
    Files.createDirectory(state.resolve("archives"));

    Leaving.Outcome outcome = leaving(settings).leave(true);

    assertThat(outcome.instance()).hasValue("web-1");
    assertThat(outcome.removed()).hasSize(1);
    assertThat(outcome.word()).isInstanceOf(Leaving.Word.Told.class);
    assertThat(PodmanPods.names(instance)).isEmpty();
    assertThat(server.left).containsExactly("/agent/v1/instances/" + instance);
    assertThat(files()).containsExactly("archives");

    Leaving.Outcome again = leaving(settings).leave(true);

    assertThat(again)
        .isEqualTo(
            new Leaving.Outcome(
                Optional.empty(), List.of(), Optional.of(List.of()), new Leaving.Word.Nothing()));
    assertThat(server.left).hasSize(1);
  }

  @Test
  void podsThatAreLeftGoOnAndCanBeRemovedLater() throws Exception {
    List<String> before = PodmanPods.names(instance);

    Leaving.Outcome left = leaving(settings).leave(false);

    assertThat(left.left()).hasValue(before);
    assertThat(left.removed()).isEmpty();
    assertThat(PodmanPods.names(instance)).isEqualTo(before).hasSize(1);
    assertThat(new StateDirectory(state).identity()).isEmpty();
    assertThat(new StateDirectory(state).desired()).isEmpty();
    assertThat(state.resolve("state.key")).doesNotExist();

    Leaving.Outcome removed = leaving(settings).leave(true);

    assertThat(removed.removed()).isEqualTo(before);
    assertThat(removed.word()).isInstanceOf(Leaving.Word.Nothing.class);
    assertThat(PodmanPods.names(instance)).isEmpty();
    assertThat(files()).isEmpty();
  }

  @Test
  void serverThatDoesNotAnswerHoldsNobodyBack() throws Exception {
    server.close();

    Leaving.Outcome outcome = leaving(settings).leave(true);

    assertThat(outcome.word())
        .isInstanceOfSatisfying(
            Leaving.Word.Untold.class,
            word -> assertThat(word.reason()).contains(server.uri().toString()));
    assertThat(new StateDirectory(state).identity()).isEmpty();
  }

  @Test
  void serverThatRemovedTheInstanceBeforeIsNoHindrance() throws Exception {
    server.left.add("by somebody else");

    Leaving.Outcome outcome = leaving(settings).leave(false);

    assertThat(outcome.word()).isInstanceOf(Leaving.Word.Unknown.class);
    assertThat(new StateDirectory(state).identity()).isEmpty();
  }

  @Test
  void nothingIsForgottenWhilePodsThatHaveToGoCannot() throws Exception {
    AgentSettings silent = settings.withPodmanSocket(state.resolve("none.sock"));

    assertThatThrownBy(() -> leaving(silent).leave(true))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("podman, does not answer");
    assertThat(new StateDirectory(state).identity()).isPresent();
    assertThat(server.left).isEmpty();

    Leaving.Outcome left = leaving(silent).leave(false);

    assertThat(left.left()).isEmpty();
    assertThat(new StateDirectory(state).identity()).isEmpty();
    assertThat(new StateDirectory(state).left()).containsExactly(instance);
  }

  @Test
  void refusesWhileTheAgentRuns() throws Exception {
    try (Agent agent = new Agent(settings)) {
      agent.start();
      agent.instanceId().join();

      assertThatThrownBy(() -> leaving(settings).leave(true))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("used by another agent");
    }
    assertThat(PodmanPods.names(instance)).hasSize(1);
    assertThat(new StateDirectory(state).identity()).isPresent();
  }
}
