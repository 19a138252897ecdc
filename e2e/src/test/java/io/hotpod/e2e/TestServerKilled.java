package io.hotpod.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/**
 * A server that dies at any moment of an operation: the next one on the same state finishes what
 * was begun, once.
 */
final class TestServerKilled {
  @RegisterExtension private final Sites sites = Sites.ofEachTest("server-killed");
  private static final String INSTANCE = "web-1";
  private static final String STACK = "shop";

  /** From before anything was done to after all of it, as a warm server is quick with two pods. */
  private static final List<Duration> MOMENTS =
      IntStream.of(0, 15, 40, 80, 140, 220, 330, 470, 650, 900, 1200, 1700)
          .mapToObj(Duration::ofMillis)
          .toList();

  private Site site;
  private HotpodProcess server;
  private String instanceId;

  @BeforeEach
  void start() {
    site = sites.open();
    server = site.startServer();
    site.joinAgent(INSTANCE);
    instanceId = site.instanceId(INSTANCE);
  }

  private static String template(String greeting) {
    return PodText.template(
        PodText.page("back", INSTANCE, greeting),
        PodText.page("front", INSTANCE, greeting).after("back"));
  }

  private void killAndRestart() {
    site.kill(server);
    server = site.startServer();
  }

  /** Exactly the pods of the stack are there, and nothing has ever failed. */
  private void assertWhole() {
    Stacks stacks = site.stacks();
    assertThat(PodmanCli.containers(instanceId))
        .extracting(PodmanContainer::deployment)
        .containsExactlyInAnyOrder(
            stacks.pod(STACK, "back").path("id").asString(""),
            stacks.pod(STACK, "front").path("id").asString(""));
    assertThat(PodmanCli.pods(instanceId)).hasSize(2);
    assertNothingFailed(stacks.events(STACK));
  }

  private static void assertNothingFailed(JsonNode events) {
    Stream<String> statuses =
        events.valueStream().map(event -> event.path("resource_status").asString(""));
    assertThat(statuses).isNotEmpty().noneMatch(status -> status.endsWith("FAILED"));
  }

  @Test
  void aCreateIsFinishedWhenTheServerDiesBeforeThePodIsAskedFor() {
    site.stacks().create(STACK, template("one"));
    killAndRestart();

    site.stacks().await(STACK, "CREATE_COMPLETE");
    assertWhole();
  }

  @Test
  void aCreateIsFinishedWhenTheServerDiesWhileAPodStarts() {
    site.stacks().create(STACK, template("one"));
    Waiting.until("a pod is being made", () -> !PodmanCli.pods(instanceId).isEmpty());
    killAndRestart();

    site.stacks().await(STACK, "CREATE_COMPLETE");
    assertWhole();
  }

  @Test
  void aCreateIsFinishedWhenAllPodsBecameReadyWithoutTheServer() {
    site.stacks().create(STACK, PodText.template(PodText.page("back", INSTANCE, "one")));
    Waiting.until("a pod is being made", () -> !PodmanCli.pods(instanceId).isEmpty());
    site.kill(server);
    Waiting.until(
        "its container runs",
        () ->
            PodmanCli.containers(instanceId).stream()
                .anyMatch(container -> container.state().equals("running")));
    List<PodmanContainer> before = PodmanCli.containers(instanceId);
    server = site.startServer();

    site.stacks().await(STACK, "CREATE_COMPLETE");
    assertThat(PodmanCli.containers(instanceId)).isEqualTo(before);
    assertNothingFailed(site.stacks().events(STACK));
  }

  @Test
  void anUpdateIsFinishedWhenTheServerDiesWhileThePodIsReplaced() {
    site.stacks().createAndAwait(STACK, template("one"));
    List<String> before = PodmanCli.pods(instanceId);
    site.stacks().update(STACK, template("two"));
    Waiting.until("a pod is being replaced", () -> !PodmanCli.pods(instanceId).containsAll(before));
    killAndRestart();

    site.stacks().await(STACK, "UPDATE_COMPLETE");
    assertWhole();
    assertThat(PodmanCli.pods(instanceId)).doesNotContainAnyElementsOf(before);
  }

  @Test
  void aDeleteIsFinished() {
    site.stacks().createAndAwait(STACK, template("one"));
    String id = site.stacks().show(STACK).path("id").asString("");
    site.stacks().delete(STACK);
    killAndRestart();

    site.stacks().await(STACK + "/" + id, "DELETE_COMPLETE");
    assertThat(PodmanCli.pods(instanceId)).isEmpty();
  }

  @Test
  void suspendAndResumeAreFinished() {
    site.stacks().createAndAwait(STACK, template("one"));
    site.stacks().act(STACK, "suspend");
    killAndRestart();
    site.stacks().await(STACK, "SUSPEND_COMPLETE");
    assertThat(PodmanCli.pods(instanceId)).isEmpty();

    site.stacks().act(STACK, "resume");
    killAndRestart();
    site.stacks().await(STACK, "RESUME_COMPLETE");
    assertWhole();
  }

  /** One stack lives through all moments: created at the first, then changed again and again. */
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
      site.remember(server);
      server.killAfter(moment);
      server = site.startServer();
      site.stacks().await(STACK, complete);
      assertWhole();
      complete = "UPDATE_COMPLETE";
    }
  }
}
