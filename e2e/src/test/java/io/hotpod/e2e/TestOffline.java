package io.hotpod.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An instance whose server cannot be reached. */
final class TestOffline {
  @RegisterExtension private final Sites sites = Sites.ofEachTest("offline");
  private static final String INSTANCE = "edge-1";
  private static final String STACK = "shop";

  private Site site;
  private HotpodProcess server;
  private HotpodProcess agent;
  private String instanceId;

  @BeforeEach
  void create() {
    site = sites.open();
    server = site.startServer();
    agent = site.joinAgent(INSTANCE);
    instanceId = site.instanceId(INSTANCE);
    site.stacks()
        .createAndAwait(
            STACK,
            PodText.template(
                PodText.page("c", INSTANCE, "three").after("b"),
                PodText.page("b", INSTANCE, "two").after("a"),
                PodText.page("a", INSTANCE, "one")));
  }

  private List<String> deploymentsByStart() {
    return running().stream().map(PodmanContainer::deployment).toList();
  }

  private List<PodmanContainer> running() {
    return PodmanCli.containers(instanceId).stream()
        .filter(container -> container.state().equals("running"))
        .toList();
  }

  @Test
  void podsStayWhileAnAgentRestartsWithoutItsServerAndWhenItIsBack() {
    List<PodmanContainer> before = PodmanCli.containers(instanceId);

    assertThat(server.stop()).isZero();
    assertThat(agent.stop()).isZero();
    assertThat(PodmanCli.containers(instanceId)).isEqualTo(before);
    agent = site.startAgent(INSTANCE);
    agent.awaitReady();
    // It has looked at its pods when it repairs one.
    PodmanCli.run("kill", before.getLast().id());
    Waiting.until("the agent works without its server", () -> running().size() == 3);
    assertThat(PodmanCli.containers(instanceId)).containsAll(before.subList(0, 2));

    server = site.startServer();
    Waiting.until(
        "the server knows of the repair",
        () -> site.stacks().pod(STACK, "c").path("restart_count").intValue() == 1);
    site.stacks().createAndAwait("more", PodText.template(PodText.sleeping("more", INSTANCE)));
    assertThat(PodmanCli.containers(instanceId)).containsAll(before.subList(0, 2));
    assertThat(site.stacks().status(STACK)).isEqualTo("CREATE_COMPLETE");
  }

  @Test
  void afterARebootThePodsComeBackInOrderWithoutTheServer() {
    List<String> order = deploymentsByStart();
    assertThat(order).hasSize(3);
    site.kill(server);
    site.kill(agent);
    PodmanCli.stopPods(instanceId);
    assertThat(running()).isEmpty();

    agent = site.startAgent(INSTANCE);
    Waiting.until("all pods are back", () -> deploymentsByStart().size() == 3);

    assertThat(deploymentsByStart()).isEqualTo(order);
    server = site.startServer();
    List<PodmanContainer> back = PodmanCli.containers(instanceId);
    site.stacks().act(STACK, "check");
    Waiting.until(
        "the stack is found whole",
        () -> {
          if (site.stacks().status(STACK).equals("CHECK_FAILED")) {
            site.stacks().act(STACK, "check");
          }
          return site.stacks().status(STACK).equals("CHECK_COMPLETE");
        });
    assertThat(PodmanCli.containers(instanceId)).isEqualTo(back);
  }
}
