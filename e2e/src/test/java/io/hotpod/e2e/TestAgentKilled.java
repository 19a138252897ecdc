package io.hotpod.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An agent that dies at any moment, and a Podman service that does. */
final class TestAgentKilled {
  @RegisterExtension private final Sites sites = Sites.ofEachTest("agent-killed");
  private static final String INSTANCE = "web-1";
  private static final String STACK = "shop";
  private static final List<Duration> MOMENTS =
      IntStream.of(0, 30, 80, 150, 250, 350, 450, 600, 800, 1100, 1500)
          .mapToObj(Duration::ofMillis)
          .toList();

  private Site site;
  private HotpodProcess agent;
  private String instanceId;

  @BeforeEach
  void start() {
    site = sites.open();
    site.startServer();
    agent = site.joinAgent(INSTANCE);
    instanceId = site.instanceId(INSTANCE);
  }

  private static String template(String greeting) {
    return PodText.template(
        PodText.page("back", INSTANCE, greeting)
            .withContainer("env: [{name: SHOP, value: " + greeting + "}]"),
        PodText.page("front", INSTANCE, greeting).after("back"));
  }

  /** Exactly one container in one pod for each deployment. */
  private void assertWhole() {
    Stacks stacks = site.stacks();
    assertThat(PodmanCli.containers(instanceId))
        .extracting(PodmanContainer::deployment)
        .containsExactlyInAnyOrder(
            stacks.pod(STACK, "back").path("id").asString(""),
            stacks.pod(STACK, "front").path("id").asString(""));
    assertThat(PodmanCli.pods(instanceId)).hasSize(2);
  }

  /** What an agent is asked at each moment, so that it is killed during creations and changes. */
  @Test
  void theMomentDoesNotMatter() {
    String complete = "CREATE_COMPLETE";
    for (Duration moment : MOMENTS) {
      String greeting = "at-" + moment.toMillis();
      if (complete.startsWith("CREATE")) {
        site.stacks().create(STACK, template(greeting));
      } else {
        site.stacks().update(STACK, template(greeting));
      }
      agent = killedAndStarted(moment);
      site.stacks().await(STACK, complete);
      assertWhole();
      complete = "UPDATE_COMPLETE";
    }
  }

  /** While it takes pods away, and while it brings back what was suspended. */
  @Test
  void whatIsSuspendedOrDeletedIsGoneWhenTheAgentDiedMeanwhile() {
    site.stacks().createAndAwait(STACK, template("one"));
    for (Duration moment : List.of(MOMENTS.get(2), MOMENTS.get(7))) {
      site.stacks().act(STACK, "suspend");
      agent = killedAndStarted(moment);
      site.stacks().await(STACK, "SUSPEND_COMPLETE");
      assertThat(PodmanCli.pods(instanceId)).isEmpty();
      site.stacks().act(STACK, "resume");
      agent = killedAndStarted(moment);
      site.stacks().await(STACK, "RESUME_COMPLETE");
      assertWhole();
    }
    String path = STACK + "/" + site.stacks().show(STACK).path("id").asString("");
    site.stacks().delete(STACK);
    agent = killedAndStarted(MOMENTS.get(4));
    site.stacks().await(path, "DELETE_COMPLETE");
    assertThat(PodmanCli.pods(instanceId)).isEmpty();
    assertThat(PodmanCli.containers(instanceId)).isEmpty();
  }

  private HotpodProcess killedAndStarted(Duration moment) {
    site.remember(agent);
    agent.killAfter(moment);
    return site.startAgent(INSTANCE);
  }

  @Test
  void runningPodsStayThroughTheDeathOfTheAgent() {
    site.stacks().createAndAwait(STACK, template("one"));
    List<PodmanContainer> before = PodmanCli.containers(instanceId);
    List<ProcessHandle> orphans = agent.podmanServices();
    assertThat(orphans).hasSize(1);

    site.kill(agent);
    assertThat(PodmanCli.containers(instanceId)).isEqualTo(before);
    agent = site.startAgent(INSTANCE);
    agent.awaitReady();
    // A change elsewhere on the instance shows that the new agent works.
    site.stacks().createAndAwait("more", PodText.template(PodText.sleeping("more", INSTANCE)));

    assertThat(PodmanCli.containers(instanceId)).containsAll(before).hasSize(3);
    assertThat(site.stacks().pod(STACK, "back").path("restart_count").intValue()).isZero();
    Waiting.until(
        "the service of the dead agent has ended",
        () -> orphans.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void aContainerThatDiesWhileNobodyLooksIsFoundAndStartedAgain() {
    site.stacks().createAndAwait(STACK, template("one"));
    List<PodmanContainer> before = PodmanCli.containers(instanceId);
    site.kill(agent);
    PodmanCli.run("kill", before.getLast().id());
    agent = site.startAgent(INSTANCE);

    Waiting.until(
        "the container is back",
        () ->
            site.stacks().pod(STACK, "front").path("restart_count").intValue() == 1
                && site.stacks().pod(STACK, "front").path("ready").booleanValue());
    assertThat(PodmanCli.containers(instanceId)).contains(before.getFirst());
  }

  @Test
  void aNewServiceOfPodmanIsTakenUpAndRestartsNothing() {
    site.stacks().createAndAwait(STACK, template("one"));
    List<PodmanContainer> before = PodmanCli.containers(instanceId);
    List<ProcessHandle> services = agent.podmanServices();
    assertThat(services).hasSize(1);

    services.getFirst().destroyForcibly();
    Waiting.until(
        "the agent has started the service again",
        () ->
            !services.getFirst().isAlive()
                && agent.podmanServices().stream().anyMatch(ProcessHandle::isAlive));
    site.stacks().createAndAwait("more", PodText.template(PodText.sleeping("more", INSTANCE)));

    assertThat(PodmanCli.containers(instanceId)).containsAll(before).hasSize(3);
    assertThat(site.stacks().pod(STACK, "front").path("restart_count").intValue()).isZero();
  }

  @Test
  void aServiceOfPodmanThatDiesDuringACreateDelaysItAndNoMore() {
    for (Duration moment : List.of(MOMENTS.get(2), MOMENTS.get(4), MOMENTS.get(6))) {
      site.stacks().create(STACK, template("one"));
      List<ProcessHandle> services = agent.podmanServices();
      agent.stayAliveFor(moment);
      services.forEach(ProcessHandle::destroyForcibly);

      site.stacks().await(STACK, "CREATE_COMPLETE");
      assertWhole();
      site.stacks().deleteAndAwait(STACK);
      assertThat(PodmanCli.pods(instanceId)).isEmpty();
    }
  }
}
