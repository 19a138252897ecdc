package io.hotpod.agent.runtime.podman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.hotpod.agent.runtime.LogQuery;
import io.hotpod.agent.runtime.LogsUnavailableException;
import io.hotpod.agent.runtime.Machine;
import io.hotpod.agent.runtime.RenderedFiles;
import io.hotpod.agent.runtime.podman.libpod.Labels;
import io.hotpod.agent.runtime.podman.libpod.Names;
import io.hotpod.agent.runtime.podman.service.PodmanService;
import io.hotpod.agent.runtime.podman.service.ProcessLimits;
import io.hotpod.pod.ContainerState;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.HostPort;
import io.hotpod.pod.HostPorts;
import io.hotpod.pod.ModificationToken;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodPhase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Pods as a whole: ports, ownership, interruptions, loss. */
final class TestPodKeeping {
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
  void takenPortIsNamedAndTriedAgain() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String spec =
          "{'terminationGracePeriodSeconds':1,'containers':[{'name':'main','image':'IMAGE',"
              + "'command':['sleep','1000'],'ports':[{'containerPort':80,'hostIP':'127.0.0.1',"
              + "'hostPort':"
              + taken.getLocalPort()
              + "}]}]}";
      fixture.runtime.apply(Manifests.pod("web", "one", spec));

      ObservedPod refused = fixture.awaitPod("web", pod -> pod.reason().equals("PortConflict"));

      assertThat(refused.message())
          .contains("port " + taken.getLocalPort())
          .contains("main")
          .contains("trying again in 10 s");
      assertThat(fixture.main(refused).failures()).isEqualTo(1);
      taken.close();
      ObservedPod ready = fixture.awaitPod("web", ObservedPod::ready);
      assertThat(ready.reason()).isEmpty();
    }
  }

  @Test
  void podThatHasThePortIsNamedWithItsOwner() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String spec =
        "{'terminationGracePeriodSeconds':1,'containers':[{'name':'main','image':'IMAGE',"
            + "'command':['sleep','1000'],'ports':[{'containerPort':80,'hostIP':'127.0.0.1',"
            + "'hostPort':"
            + port
            + "}]}]}";
    try (RuntimeFixture lost = new RuntimeFixture()) {
      lost.applyReady(Manifests.pod("old", "one", spec));
      String holder = lost.inPodman().getFirst().name();

      fixture.runtime.apply(Manifests.pod("web", "one", spec));

      assertThat(fixture.awaitPod("web", pod -> pod.reason().equals("PortConflict")).message())
          .contains(
              "in use already by the pod "
                  + holder
                  + " of another Hotpod instance, "
                  + lost.instance,
              "'podman pod rm --force " + holder + "'");

      lost.restart();
      assertThat(lost.runtime.hostPorts("old", new ModificationToken("one")))
          .contains(new HostPorts(List.of(new HostPort(port, "TCP", "127.0.0.1"))));
    }
  }

  @Test
  void foreignPodsAreNeitherSeenNorTouched() throws Exception {
    String name = "foreign-" + fixture.instance;
    ObjectNode foreign = tools.jackson.databind.node.JsonNodeFactory.instance.objectNode();
    foreign.put("name", name);
    foreign.putObject("labels").put(Labels.INSTANCE, "someone-else").put(Labels.POD, "web");
    fixture.podman.createPod(foreign);
    try {
      DesiredPod pod = Manifests.sleeper("web", "one");
      fixture.applyReady(pod);
      fixture.runtime.remove("web", pod.token());

      assertThat(fixture.podman.pod(name)).isPresent();
      assertThat(fixture.runtime.observe().orElseThrow()).isEmpty();
    } finally {
      fixture.podman.removePod(name);
    }
  }

  @Test
  void interruptedCreationIsGoneOnWith() throws Exception {
    DesiredPod pod = Manifests.sleeper("web", "one");
    String name = Names.pod(fixture.instance, pod);
    fixture.podman.createPod(PodSpecification.of(fixture.instance, name, pod));
    PodContext context =
        new PodContext(pod, "node", "uid", Optional.empty(), "", new Machine(1, 0));
    fixture.podman.createContainer(
        new ContainerSpecification(fixture.instance, name, context, ProcessLimits.tight())
            .of(
                pod.pod().getSpec().getContainers().getFirst(),
                0,
                java.util.List.of(),
                Duration.ofSeconds(1),
                ""));
    fixture.restart();

    fixture.applyReady(pod);

    assertThat(fixture.inPodman()).hasSize(1);
    assertThat(fixture.podman.containersOf(name)).hasSize(1);
  }

  @Test
  void podRemovedByHandIsMadeAgain() throws Exception {
    DesiredPod pod = Manifests.sleeper("web", "one");
    ObservedPod before = fixture.applyReady(pod);

    Teardown.remove(fixture.podman, before.name(), Duration.ZERO);

    ObservedPod after =
        fixture.awaitPod("web", now -> now.ready() && !now.uid().equals(before.uid()));
    assertThat(fixture.main(after).restarts()).isPositive();
    assertThat(fixture.inPodman()).hasSize(1);
  }

  @Test
  void podIsMadeAgainAfterItsInfraContainerEnded() throws Exception {
    DesiredPod pod = Manifests.sleeper("web", "one");
    ObservedPod before = fixture.applyReady(pod);
    String infra = fixture.podman.pod(before.name()).orElseThrow().infraId();

    fixture.podman.stop(infra, Duration.ZERO);

    fixture.awaitPod("web", now -> now.ready() && !now.uid().equals(before.uid()));
    assertThat(fixture.inPodman()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"Never,exit 7,FAILED", "OnFailure,exit 0,SUCCEEDED"})
  void podThatEndedIsNotRunAgainAfterABoot(String policy, String script, PodPhase phase)
      throws Exception {
    DesiredPod pod =
        Manifests.pod(
            "job",
            "one",
            Manifests.spec(script).replaceFirst("\\{", "{'restartPolicy':'" + policy + "',"));
    fixture.runtime.apply(pod);
    // One that ends at once may have ended before it was seen when its pod was started.
    ObservedPod before =
        fixture.awaitPod("job", now -> now.phase() == phase && now.startedAt().isPresent());
    await().until(() -> Files.readString(memoryOf(before)).contains("\"result\""));

    PodmanPods.stopAll(fixture.instance);
    fixture.restart();
    assertThat(fixture.awaitPod("job", now -> true).stopped()).isTrue();
    fixture.runtime.apply(pod);

    ObservedPod after = fixture.awaitPod("job", now -> now.phase() == phase);
    assertThat(after.uid()).isEqualTo(before.uid());
    assertThat(after.startedAt()).isEqualTo(before.startedAt());
    assertThat(fixture.main(after).state()).isEqualTo(fixture.main(before).state());
    assertThat(fixture.main(after).containerId()).isEqualTo(fixture.main(before).containerId());
    assertThat(fixture.inPodman().getFirst().runningIds()).isEmpty();
    fixture.runtime.remove("job", pod.token());
    assertThat(fixture.inPodman()).isEmpty();
    assertThat(memoryOf(before)).doesNotExist();
  }

  @Test
  void containerThatSucceededIsNotRunAgainWithItsPod() throws Exception {
    String spec =
        """
        {'restartPolicy':'OnFailure','terminationGracePeriodSeconds':0,
         'initContainers':[{'name':'first','image':'IMAGE','command':['true']}],
         'containers':[{'name':'main','image':'IMAGE','command':['sleep','1000']},
           {'name':'once','image':'IMAGE','command':['true']}]}
        """;
    DesiredPod pod = Manifests.pod("job", "one", spec);
    fixture.runtime.apply(pod);
    ObservedPod before =
        fixture.awaitPod(
            "job",
            now ->
                now.phase() == PodPhase.RUNNING
                    && fixture.main(now).ready()
                    && now.containers().getLast().state() instanceof ContainerState.Terminated);
    await().until(() -> Files.readString(memoryOf(before)).contains("\"succeeded\""));

    boot(() -> PodmanPods.stopAll(fixture.instance));
    fixture.runtime.apply(pod);

    ObservedPod after =
        fixture.awaitPod(
            "job", now -> fixture.main(now).ready() && !now.uid().equals(before.uid()));
    assertThat(after.phase()).isEqualTo(PodPhase.RUNNING);
    assertThat(after.containers().getLast()).isEqualTo(before.containers().getLast());
    assertThat(fixture.podman.containersOf(after.name()).values())
        .extracting(labels -> labels.get(Labels.CONTAINER))
        .containsExactlyInAnyOrder("first", "main");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void podThatMayRunOnceIsNotRunAgainAfterItWasCutOff(boolean removed) throws Exception {
    String spec =
        Manifests.spec("exec sleep 1000").replaceFirst("\\{", "{'restartPolicy':'Never',");
    DesiredPod pod = Manifests.pod("job", "one", spec);
    ObservedPod before = fixture.applyReady(pod);

    boot(
        removed
            ? () -> PodmanPods.removeAll(fixture.instance)
            : () -> PodmanPods.stopAll(fixture.instance));
    fixture.runtime.apply(pod);

    ObservedPod after =
        fixture.awaitPod(
            "job", now -> fixture.main(now).state() instanceof ContainerState.Terminated);
    assertThat(after.phase()).isEqualTo(PodPhase.FAILED);
    assertThat(after.reason()).isEqualTo("SandboxChanged");
    assertThat(after.message()).contains("Never");
    ContainerState.Terminated how = (ContainerState.Terminated) fixture.main(after).state();
    assertThat(how.exitCode()).isNotZero();
    assertThat(how.reason()).isEqualTo(removed ? "ContainerStatusUnknown" : "Error");
    assertThat(fixture.inPodman()).allMatch(one -> one.runningIds().isEmpty());
    fixture.runtime.remove("job", pod.token());
    assertThat(memoryOf(before)).doesNotExist();
  }

  /** What is done to the pods while no agent runs. */
  private interface Trouble {
    void happens() throws Exception;
  }

  private void boot(Trouble trouble) throws Exception {
    fixture.runtime.close();
    trouble.happens();
    fixture.runtime = fixture.begin();
  }

  private Path memoryOf(ObservedPod pod) {
    return fixture.state.resolve("pods").resolve(pod.name() + ".json");
  }

  @Test
  void containersAreStoppedSideBySideWithinTheGracePeriod() throws Exception {
    String stubborn = "'image':'IMAGE','command':['sh','-c','while :; do sleep 1; done']}";
    String spec =
        "{'terminationGracePeriodSeconds':2,'containers':[{'name':'a',"
            + stubborn
            + ",{'name':'b',"
            + stubborn
            + ",{'name':'c',"
            + stubborn
            + "]}";
    DesiredPod pod = Manifests.pod("web", "one", spec);
    fixture.applyReady(pod);

    Instant began = Instant.now();
    fixture.runtime.remove("web", pod.token());

    assertThat(Duration.between(began, Instant.now()))
        .isBetween(Duration.ofSeconds(2), Duration.ofMillis(5500));
    assertThat(fixture.inPodman()).isEmpty();
  }

  @Test
  void lossOfPodmansServiceRestartsNothing() throws Exception {
    Path directory = Files.createTempDirectory("hotpod-own-podman");
    try (PodmanService service = PodmanService.start(directory);
        RuntimeFixture own = new RuntimeFixture(service.socket())) {
      DesiredPod pod = Manifests.sleeper("web", "one");
      ObservedPod before = own.applyReady(pod);

      ProcessHandle.of(service.pid()).orElseThrow().destroyForcibly();
      await().until(() -> !own.runtime.health().problem().isEmpty());
      // Times may have become exact since the pod was first said to be ready.
      assertThat(own.runtime.observe().orElseThrow())
          .filteredOn(ObservedPod::ready)
          .extracting(ObservedPod::uid, now -> own.main(now).containerId())
          .containsExactly(tuple(before.uid(), own.main(before).containerId()));
      await().atMost(Duration.ofSeconds(20)).until(() -> own.runtime.health().problem().isEmpty());

      own.podman.stop(own.main(before).containerId().orElseThrow(), Duration.ZERO);
      ObservedPod after = own.awaitPod("web", now -> now.ready() && own.main(now).restarts() == 1);
      assertThat(after.uid()).isEqualTo(before.uid());
    } finally {
      RenderedFiles.delete(directory);
    }
  }

  @Test
  void podWhoseContentNobodySaidIsShownAndCanBeRemoved() throws Exception {
    DesiredPod pod = Manifests.sleeper("web", "one");
    fixture.applyReady(pod);
    fixture.restart();

    fixture.runtime.remove("web", new ModificationToken("one"));

    assertThat(fixture.inPodman()).isEmpty();
  }

  @Test
  void logsAreReadAndFollowed() throws Exception {
    fixture.applyReady(
        Manifests.pod(
            "web",
            "one",
            Manifests.spec("echo one; echo two >&2; while :; do sleep 0.2; echo more; done")));

    fixture.awaitLogs("web", "main", text -> text.startsWith("one\n"));
    ByteArrayOutputStream followed = new ByteArrayOutputStream();
    Thread reader = Thread.ofVirtual().start(() -> follow(followed));
    await()
        .until(
            () ->
                followed.toString(java.nio.charset.StandardCharsets.UTF_8).split("more", -1).length
                    > 4);
    reader.interrupt();
    assertThat(reader.join(Duration.ofSeconds(5))).isTrue();
    assertThatThrownBy(() -> fixture.logs("web", "none"))
        .isInstanceOf(LogsUnavailableException.class)
        .hasMessageContaining("it has [main]");
    assertThatThrownBy(() -> fixture.logs("nothing", ""))
        .isInstanceOf(LogsUnavailableException.class);
  }

  private void follow(OutputStream output) {
    try {
      fixture.runtime.logs(new LogQuery("web", "", Optional.of(1), true), output);
    } catch (IOException | InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
