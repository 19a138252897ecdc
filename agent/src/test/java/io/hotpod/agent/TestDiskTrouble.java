package io.hotpod.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.hotpod.agent.runtime.podman.Manifests;
import io.hotpod.agent.runtime.podman.PodmanPods;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.DesiredPods;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodReport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The disk of the state directory is full, or becomes read-only, while pods run. */
final class TestDiskTrouble {
  private static final Duration SOON = Duration.ofSeconds(30);

  private static final DesiredPod WEB =
      Manifests.pod(
          "web",
          "one",
          "{'terminationGracePeriodSeconds':1,'volumes':[{'name':'c','configMap':{'name':'conf'}}],"
              + "'containers':[{'name':'main','image':'IMAGE','command':['sh','-c','exec sleep"
              + " 1000'],'volumeMounts':[{'name':'c','mountPath':'/c'}]}]}",
          Map.of("conf", Map.of("colour", "red")),
          Map.of());

  private final String instance = "test-" + UUID.randomUUID();
  private Path disk;
  private FakeServer server;
  private Agent agent;
  private boolean mounted;

  @BeforeEach
  void begin() throws Exception {
    disk = Files.createTempDirectory("hotpod-small-disk");
    mounted = run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()) == 0;
    server = new FakeServer(instance);
    agent = new Agent(settings());
    await("Podman answers")
        .atMost(SOON)
        .ignoreExceptions()
        .until(() -> PodmanPods.names(instance).isEmpty());
  }

  /** The agent has a Podman service of its own, which has files as well. */
  private AgentSettings settings() {
    return AgentSettings.of(server.uri(), "web-1", disk.resolve("state"))
        .withJoinToken("good")
        .withHeartbeat(Duration.ofSeconds(1));
  }

  @AfterEach
  void end() throws Exception {
    agent.close();
    server.close();
    PodmanPods.removeAll(instance);
    if (mounted) {
      assertThat(run("umount", "--lazy", disk.toString())).isZero();
    }
    Files.deleteIfExists(disk);
  }

  private static int run(String... command) throws Exception {
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  private ObservedPod awaitReady(DesiredPod pod) {
    return await("report of " + pod)
        .atMost(SOON)
        .until(
            () ->
                server.newest().stream()
                    .flatMap(report -> report.pods().stream())
                    .filter(seen -> seen.id().equals(pod.id()) && PodmanPods.settled(seen))
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  private void restartAgent() throws IOException {
    agent.close();
    server.reports.clear();
    agent = new Agent(settings());
    agent.start();
  }

  private void fill() throws IOException {
    try (OutputStream output = Files.newOutputStream(disk.resolve("filler"))) {
      byte[] block = new byte[1024];
      for (; ; ) {
        output.write(block);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }

  @Test
  void fullDiskEndsNothingAndIsOverWhenThereIsRoom() throws Exception {
    assumeThat(mounted).as("may mount").isTrue();
    server.desire(new DesiredPods(1, List.of(WEB)));
    agent.start();
    ObservedPod before = awaitReady(WEB);

    fill();
    restartAgent();
    assertThat(awaitReady(WEB).containers()).isEqualTo(before.containers());
    // A set that cannot be kept is not taken over.
    DesiredPod more = Manifests.sleeper("more", "one");
    int asked = server.asked.size();
    server.desire(new DesiredPods(2, List.of(more)));
    await().atMost(SOON).until(() -> server.asked.size() >= asked + 4);
    assertThat(server.newest().map(PodReport::desiredVersion)).contains(1L);
    assertThat(PodmanPods.names(instance)).hasSize(1);

    Files.delete(disk.resolve("filler"));
    awaitReady(more);
    await().atMost(SOON).until(() -> PodmanPods.names(instance).size() == 1);
    assertThat(server.newest().map(PodReport::desiredVersion)).contains(2L);
  }

  @Test
  void diskThatBecameReadOnlyEndsNothing() throws Exception {
    assumeThat(mounted).as("may mount").isTrue();
    server.desire(new DesiredPods(1, List.of(WEB)));
    agent.start();
    ObservedPod before = awaitReady(WEB);
    agent.close();
    assumeThat(run("mount", "-o", "remount,ro", disk.toString())).as("may remount").isZero();

    restartAgent();
    ObservedPod after = awaitReady(WEB);

    assertThat(after.containers()).isEqualTo(before.containers());
    PodmanPods.kill(after.containers().getFirst().containerId().orElseThrow());
    await("started again").atMost(SOON).until(() -> awaitReady(WEB).restarts() == 1);
  }
}
