package io.hotpod.agent.runtime.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.DesiredPods;
import io.hotpod.pod.PodJson;
import io.hotpod.testing.kubelet.Behaviour;
import io.hotpod.testing.kubelet.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The agent's process is killed with SIGKILL at each stage of an update, and the next one ends it:
 * the pod is there once, with the new content, and nothing was started twice.
 */
final class TestKubeletAgentKilled {
  private KubeletFixture fixture;
  private Optional<Process> agent = Optional.empty();

  @BeforeEach
  void begin() throws IOException {
    fixture = new KubeletFixture();
    fixture.stopRuntime();
  }

  @AfterEach
  void end() throws Exception {
    killAgent();
    fixture.close();
  }

  private void startAgent() throws IOException {
    agent =
        Optional.of(
            AgentProcess.start(
                fixture.root, fixture.kubelet.url(), Certificates.shared().fingerprint()));
  }

  private void killAgent() throws InterruptedException {
    if (agent.isPresent()) {
      AgentProcess.kill(agent.get());
    }
  }

  private void desire(long version, DesiredPod... pods) throws IOException {
    Files.write(
        fixture.root.resolve("desired.json"),
        PodJson.writeBytes(new DesiredPods(version, List.of(pods))));
  }

  private static DesiredPod web(String token) {
    return KubeletFixture.pod(
        "web",
        token,
        "{'terminationGracePeriodSeconds':2,'restartPolicy':'Always','containers':[{'name':'main',"
            + "'image':'"
            + Behaviour.RUNS.image()
            + "','volumeMounts':[{'name':'s','mountPath':'/s'}]}],"
            + "'volumes':[{'name':'s','secret':{'secretName':'keys'}}]}",
        Map.of(),
        Map.of("keys", Map.of("token", token)));
  }

  private static void await1(String what, Callable<Boolean> condition) {
    await(what)
        .atMost(KubeletFixture.SOON)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(condition);
  }

  private boolean hasFile(String token) throws IOException {
    for (String name : fixture.files()) {
      try {
        if (Files.readString(fixture.manifests.resolve(name)).contains("\"" + token + "\"")) {
          return true;
        }
      } catch (NoSuchFileException e) {
        // The agent took it away between the two looks.
      }
    }
    return false;
  }

  private boolean isRemoving() throws IOException {
    Path removals = fixture.root.resolve("state/kubelet/removals");
    if (!Files.isDirectory(removals)) {
      return false;
    }
    try (Stream<Path> list = Files.list(removals)) {
      return list.anyMatch(file -> !file.getFileName().toString().startsWith("."));
    }
  }

  private void awaitUpdated(String token, int starts) {
    await1(
        "pod " + token,
        () ->
            hasFile(token)
                && fixture.machine.starts("web") == starts
                && fixture.machine.running().size() == 1
                && !isRemoving());
  }

  @Test
  void atEachStageOfAnUpdate() throws Exception {
    desire(1, web("t0"));
    startAgent();
    await1("written", () -> hasFile("t0"));
    killAgent();
    startAgent();
    awaitUpdated("t0", 1);

    List<Callable<Boolean>> stages =
        List.of(
            () -> true,
            this::isRemoving,
            () -> fixture.files().isEmpty(),
            () -> fixture.machine.running().isEmpty(),
            () -> hasFile(token(4)),
            () -> fixture.machine.starts("web") == startsAfter(5));
    for (int stage = 0; stage < stages.size(); stage++) {
      killAgent();
      desire(stage + 2, web(token(stage)));
      startAgent();
      await1("stage " + stage, stages.get(stage));
      killAgent();
      startAgent();
      awaitUpdated(token(stage), startsAfter(stage));
      assertThat(secrets()).as("secrets after stage " + stage).containsExactly(token(stage));
    }
  }

  private static String token(int stage) {
    return "t" + (stage + 1);
  }

  /** How often the pod was started, all told, when the update of a stage has started its own. */
  private static int startsAfter(int stage) {
    return stage + 2;
  }

  @Test
  void whileItRemoves() throws Exception {
    desire(1, web("t0"));
    startAgent();
    awaitUpdated("t0", 1);
    killAgent();
    desire(2);
    startAgent();
    await1("removing", this::isRemoving);
    killAgent();
    startAgent();

    await1("gone", () -> fixture.machine.running().isEmpty() && !isRemoving());
    assertThat(fixture.files()).isEmpty();
    assertThat(secrets()).isEmpty();
  }

  /** What the rendered files of Secrets say. */
  private List<String> secrets() throws IOException {
    Path secrets = fixture.root.resolve("secrets");
    if (!Files.isDirectory(secrets)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(secrets)) {
      return files
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .map(TestKubeletAgentKilled::read)
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
