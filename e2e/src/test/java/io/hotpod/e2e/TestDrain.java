package io.hotpod.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A machine that is emptied for a while, by the commands, on real Podman. */
final class TestDrain {
  @RegisterExtension private static final Sites SITES = Sites.ofClass("drain");
  private static final String INSTANCE = "local-1";
  private static final String STACK = "shop";

  private static Site site;
  private static String instanceId = "";

  @BeforeAll
  static void start() {
    site = SITES.open();
    site.startDev(1);
    instanceId = site.instanceId(INSTANCE);
  }

  private static Command.Result hotpod(String... words) {
    List<String> command =
        new ArrayList<>(
            List.of(Project.launcher().toString(), "--server", site.api().server().toString()));
    command.addAll(List.of(words));
    return Command.run(Duration.ofMinutes(1), command);
  }

  @Test
  void drainedMachineTakesNoPodsStopsItsOwnAndBringsThemBackInOrder() {
    site.stacks()
        .createAndAwait(
            STACK,
            PodText.template(
                PodText.page("back", INSTANCE, "hello"),
                PodText.sleeping("front", INSTANCE).after("back")));
    List<PodmanContainer> before = PodmanCli.containers(instanceId);

    assertThat(hotpod("instance", "drain", INSTANCE).successful())
        .isEqualTo("local-1 takes no new pods; those that it has go on.\n");
    site.stacks().create("more", PodText.template(PodText.sleeping("more", INSTANCE)));
    site.stacks().await("more", "CREATE_FAILED");
    assertThat(site.stacks().show("more").path("stack_status_reason").asString(""))
        .contains("drained");
    assertThat(PodmanCli.containers(instanceId)).isEqualTo(before).hasSize(2);

    assertThat(hotpod("instance", "drain", "--stop", INSTANCE).successful())
        .isEqualTo("local-1 takes no new pods and has stopped those that it had.\n");
    assertThat(PodmanCli.pods(instanceId)).isEmpty();
    assertThat(site.stacks().status(STACK)).isEqualTo("CREATE_COMPLETE");

    hotpod("instance", "undrain", INSTANCE).successful();
    Waiting.until(
        "both pods are ready again",
        () ->
            site.stacks().pod(STACK, "back").path("ready").booleanValue()
                && site.stacks().pod(STACK, "front").path("ready").booleanValue());
    assertThat(PodmanCli.containers(instanceId))
        .as("in the order in which they were started")
        .extracting(PodmanContainer::deployment)
        .containsExactly(
            site.stacks().pod(STACK, "back").path("id").asString(""),
            site.stacks().pod(STACK, "front").path("id").asString(""));
    site.stacks().updateAndAwait(STACK, PodText.template(PodText.sleeping("late", INSTANCE)));
    assertThat(PodmanCli.pods(instanceId)).hasSize(1);
  }
}
