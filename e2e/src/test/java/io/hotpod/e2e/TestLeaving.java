package io.hotpod.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A machine that stops being an instance, by the command, on real Podman. */
final class TestLeaving {
  @RegisterExtension private final Sites sites = Sites.ofEachTest("leaving");
  private static final String INSTANCE = "web-1";
  private static final String STACK = "shop";

  private Site site;
  private HotpodProcess agent;
  private String instanceId;

  @BeforeEach
  void start() {
    site = sites.open();
    site.startServer();
    agent = site.joinAgent(INSTANCE);
    instanceId = site.instanceId(INSTANCE);
    site.stacks().createAndAwait(STACK, PodText.template(PodText.sleeping("front", INSTANCE)));
  }

  /** Its own state does not say any more whose pods these were. */
  @AfterEach
  void removePods() {
    PodmanCli.removePods(instanceId);
  }

  private Command.Result leave(String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Project.launcher().toString(),
                "agent",
                "leave",
                "--server",
                site.api().server().toString(),
                "--state",
                site.agentState(INSTANCE).toString()));
    command.addAll(List.of(more));
    return Command.run(Duration.ofMinutes(1), command);
  }

  @Test
  void podsGoOnlyWhenThatIsAskedFor() {
    Command.Result early = leave("--remove-pods");
    assertThat(early.exitCode()).isEqualTo(1);
    assertThat(early.errors()).contains("is in use by another hotpod process");
    assertThat(agent.stop()).isZero();
    List<PodmanContainer> before = PodmanCli.containers(instanceId);
    assertThat(before).hasSize(1);

    String left = leave().successful();

    assertThat(left)
        .contains("1 pod is left running", "has forgotten the instance")
        .endsWith("This machine is no longer the instance web-1.\n");
    assertThat(PodmanCli.containers(instanceId)).isEqualTo(before);
    assertThat(site.api().get("/v1/default/instances/" + INSTANCE).status()).isEqualTo(404);
    assertThat(site.stacks().resource(STACK, "front").path("resource_status_reason").asString(""))
        .isEqualTo("instance web-1 has left");

    String removed = leave("--remove-pods").successful();

    assertThat(removed).contains("1 pod is removed", "No instance of a server is remembered");
    assertThat(PodmanCli.pods(instanceId)).isEmpty();
    assertThat(leave("--remove-pods").successful()).startsWith("No instance of a server");

    // The name is free, and the stack comes back where another machine takes it.
    site.joinAgent(INSTANCE);
    site.stacks().updateAndAwait(STACK, PodText.template(PodText.sleeping("front", INSTANCE)));
    assertThat(PodmanCli.pods(site.instanceId(INSTANCE))).hasSize(1);
  }
}
