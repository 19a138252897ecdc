package io.hotpod.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** An agent that is replaced by another build of itself, which touches no pod. */
final class TestAgentUpgrade {
  @RegisterExtension private final Sites sites = Sites.ofEachTest("upgrade");
  private static final String INSTANCE = "web-1";
  private static final String STACK = "shop";
  private static final String NEXT = "99.1-next";

  private Site site;

  @BeforeEach
  void start() {
    site = sites.open();
    site.startServer();
  }

  private String version() {
    return site.api()
        .get("/v1/default/instances/" + INSTANCE)
        .successful()
        .at("/instance/facts/agentVersion")
        .asString("");
  }

  /** Waits until that version has reported, and until what is asked of it is done. */
  private void awaitWork(String version, String stack) {
    Waiting.until("version " + version + " reports", () -> version().equals(version));
    site.stacks().createAndAwait(stack, PodText.template(PodText.sleeping(stack, INSTANCE)));
  }

  @Test
  void anotherBuildTakesThePodsOverAndRestartsNone() throws IOException {
    HotpodProcess old = site.joinAgent(INSTANCE);
    String oldVersion = version();
    assertThat(oldVersion).matches("[0-9]+\\.[0-9]+.*").isNotEqualTo(NEXT);
    site.stacks()
        .createAndAwait(
            STACK,
            PodText.template(
                PodText.page("back", INSTANCE, "hello"),
                PodText.sleeping("front", INSTANCE).after("back")));
    String instanceId = site.instanceId(INSTANCE);
    List<PodmanContainer> before = PodmanCli.containers(instanceId);
    assertThat(before).hasSize(2);
    JsonNode events = site.stacks().events(STACK);
    Path launcher = OtherBuild.make(site.directory().resolve("next"), NEXT);

    // As systemd does it when a package is upgraded.
    assertThat(old.stop()).isZero();
    assertThat(PodmanCli.containers(instanceId)).isEqualTo(before);
    HotpodProcess next = site.startAgent(INSTANCE, launcher);
    awaitWork(NEXT, "after-upgrade");
    assertThat(PodmanCli.containers(instanceId)).containsAll(before).hasSize(3);

    // And back, from a build that dies.
    site.kill(next);
    site.startAgent(INSTANCE);
    awaitWork(oldVersion, "after-downgrade");
    assertThat(PodmanCli.containers(instanceId)).containsAll(before).hasSize(4);

    for (String pod : List.of("back", "front")) {
      assertThat(site.stacks().pod(STACK, pod).path("restart_count").intValue()).isZero();
      assertThat(site.stacks().pod(STACK, pod).path("ready").booleanValue()).isTrue();
    }
    assertThat(site.stacks().events(STACK))
        .as("nobody says that anything happened")
        .isEqualTo(events);
  }
}
