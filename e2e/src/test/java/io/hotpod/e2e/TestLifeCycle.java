package io.hotpod.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** A stack of two pods through its whole life. */
final class TestLifeCycle {
  @RegisterExtension private static final Sites SITES = Sites.ofClass("life-cycle");
  private static final String INSTANCE = "local-1";

  private static Site site;
  private static String instanceId;

  private Stacks stacks;
  private String stack;

  @BeforeAll
  static void start() {
    site = SITES.open();
    site.startDev(1);
    instanceId = site.instanceId(INSTANCE);
  }

  @BeforeEach
  void create(TestInfo test) {
    stacks = site.stacks();
    stack = test.getTestMethod().orElseThrow().getName();
    stacks.createAndAwait(stack, template("one", "two"));
  }

  @AfterEach
  void delete() {
    if (stacks.exists(stack)) {
      stacks.deleteAndAwait(stack);
    }
    assertThat(PodmanCli.pods(instanceId)).isEmpty();
  }

  private static String template(String back, String front) {
    return PodText.template(
        PodText.page("back", INSTANCE, back), PodText.page("front", INSTANCE, front).after("back"));
  }

  /** The containers of both deployments, where there is one of each. */
  private record Pods(PodmanContainer back, PodmanContainer front) {}

  private Pods containers() {
    List<PodmanContainer> all =
        PodmanCli.containers(instanceId).stream()
            .sorted(Comparator.comparing(this::resource))
            .toList();
    assertThat(all).extracting(this::resource).containsExactly("back", "front");
    return new Pods(all.getFirst(), all.getLast());
  }

  private String resource(PodmanContainer container) {
    return Stream.of("back", "front")
        .filter(
            name -> stacks.pod(stack, name).path("id").asString("").equals(container.deployment()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("nobody's: " + container));
  }

  private static String page(String address) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create("http://" + address + ":8080/"))
                  .timeout(Duration.ofSeconds(10))
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body()
          .strip();
    }
  }

  @Test
  void createStartsThePodsInOrderAndServesTheirPages() throws Exception {
    List<PodmanContainer> started = PodmanCli.containers(instanceId);

    assertThat(started).extracting(this::resource).containsExactly("back", "front");
    assertThat(started).extracting(PodmanContainer::state).containsOnly("running");
    assertThat(page(stacks.output(stack, "address"))).isEqualTo("one");
    JsonNode back = stacks.pod(stack, "back");
    assertThat(back.path("ready").booleanValue()).isTrue();
    assertThat(back.path("restart_count").intValue()).isZero();
    assertThat(back.path("observed_token")).isEqualTo(back.path("modification_token"));
  }

  @Test
  void theSecondPodStartsOnceTheFirstIsReady() {
    List<String> order =
        stacks
            .events(stack)
            .valueStream()
            .filter(event -> !event.path("resource_name").asString("").endsWith("_config"))
            .map(
                event ->
                    event.path("resource_name").asString("")
                        + " "
                        + event.path("resource_status").asString(""))
            .toList();

    assertThat(order)
        .containsSubsequence(
            "back CREATE_IN_PROGRESS",
            "back CREATE_COMPLETE",
            "front CREATE_IN_PROGRESS",
            "front CREATE_COMPLETE",
            stack + " CREATE_COMPLETE");
  }

  @Test
  void aPlanSaysWhichPodWillRestartAndTouchesNothing() {
    Pods before = containers();

    JsonNode plan =
        site.api()
            .send(
                "PUT",
                stacks.path(stack) + "/preview",
                Stacks.body(stack, template("one", "three")),
                Map.of())
            .successful()
            .path("plan");

    JsonNode front = step(plan, "front");
    assertThat(front.path("action").asString("")).isEqualTo("UPDATE");
    assertThat(front.path("restarts_pod").booleanValue()).isTrue();
    assertThat(front.path("reasons").toString()).contains("main").contains("command");
    assertThat(step(plan, "back").path("action").asString("")).isEqualTo("NONE");
    assertThat(containers()).isEqualTo(before);
  }

  private static JsonNode step(JsonNode plan, String resource) {
    return plan.valueStream()
        .filter(step -> step.path("resource").asString("").equals(resource))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no step of " + resource + " in " + plan));
  }

  @Test
  void anUpdateOfOnePodRestartsThatOneOnly() {
    Pods before = containers();

    stacks.updateAndAwait(stack, template("one", "three"));

    Pods after = containers();
    assertThat(after.back()).isEqualTo(before.back());
    assertThat(after.front().id()).isNotEqualTo(before.front().id());
    assertThat(PodmanCli.pods(instanceId)).hasSize(2);
  }

  @Test
  void anUpdateWithoutChangeTouchesNoContainer() {
    Pods before = containers();

    stacks.updateAndAwait(stack, template("one", "two"));

    assertThat(containers()).isEqualTo(before);
  }

  @Test
  void suspendRemovesThePodsAndResumeBringsThemBackInOrder() throws Exception {
    stacks.act(stack, "suspend");
    stacks.await(stack, "SUSPEND_COMPLETE");
    assertThat(PodmanCli.pods(instanceId)).isEmpty();

    stacks.act(stack, "resume");
    stacks.await(stack, "RESUME_COMPLETE");
    assertThat(PodmanCli.containers(instanceId))
        .extracting(this::resource)
        .containsExactly("back", "front");
    assertThat(page(stacks.output(stack, "address"))).isEqualTo("one");
  }

  @Test
  void aKilledContainerIsStartedAgainInItsPod() {
    Pods before = containers();

    PodmanCli.run("kill", before.front().id());

    Waiting.until(
        "the container is back",
        () -> {
          JsonNode front = stacks.pod(stack, "front");
          return front.path("restart_count").intValue() == 1 && front.path("ready").booleanValue();
        });
    JsonNode status = stacks.pod(stack, "front").path("containers").path(0);
    assertThat(status.path("lastTermination").path("exitCode").intValue()).isEqualTo(137);
    List<PodmanContainer> running =
        PodmanCli.containers(instanceId).stream()
            .filter(container -> container.state().equals("running"))
            .toList();
    assertThat(running)
        .extracting(PodmanContainer::podId)
        .containsExactlyInAnyOrder(before.back().podId(), before.front().podId());
    assertThat(running).contains(before.back());
  }

  @Test
  void aPodThatWasRemovedByHandIsMadeAgainAndCheckIsContent() {
    Pods before = containers();

    PodmanCli.run("pod", "rm", "-f", "-t", "0", before.front().podId());

    Waiting.until(
        "the pod is back",
        () -> {
          JsonNode front = stacks.pod(stack, "front");
          return front.path("ready").booleanValue()
              && !front.path("uid").asString("").equals(before.front().podId());
        });
    stacks.act(stack, "check");
    stacks.await(stack, "CHECK_COMPLETE");
    assertThat(containers().back()).isEqualTo(before.back());
  }

  @Test
  void checkSaysWhatIsWrong() {
    Pods before = containers();
    // A frozen web server answers no probe: the pod is there and not ready.
    PodmanCli.run("pause", before.front().id());
    try {
      Waiting.until(
          "the pod is not ready", () -> !stacks.pod(stack, "front").path("ready").booleanValue());
      stacks.act(stack, "check");
      JsonNode checked = stacks.await(stack, "CHECK_FAILED");
      assertThat(checked.path("stack_status_reason").asString("")).contains("front");
      assertThat(stacks.resource(stack, "front").path("resource_status").asString(""))
          .isEqualTo("CHECK_FAILED");
      assertThat(stacks.resource(stack, "back").path("resource_status").asString(""))
          .isEqualTo("CHECK_COMPLETE");
    } finally {
      PodmanCli.run("unpause", before.front().id());
    }
    Waiting.until(
        "the pod is ready again", () -> stacks.pod(stack, "front").path("ready").booleanValue());
    stacks.act(stack, "check");
    stacks.await(stack, "CHECK_COMPLETE");
    assertThat(containers()).isEqualTo(before);
  }

  @Test
  void aPodThatStopsAnsweringIsToldByItself() {
    Pods before = containers();
    PodmanCli.run("pause", before.front().id());
    try {
      Waiting.until(
          "the stack tells of the pod",
          () -> reason(stacks.show(stack), "stack_status_reason").contains("drifted: front: pod "));
      assertThat(stacks.status(stack)).isEqualTo("CREATE_COMPLETE");
      assertThat(reason(stacks.resource(stack, "front"), "resource_status_reason"))
          .startsWith("drifted: pod ");
    } finally {
      PodmanCli.run("unpause", before.front().id());
    }
    Waiting.until(
        "the stack takes it back",
        () -> !reason(stacks.show(stack), "stack_status_reason").contains("drifted"));
    assertThat(stacks.events(stack).valueStream())
        .anyMatch(event -> reason(event, "resource_status_reason").equals("as wanted again"));
  }

  private static String reason(JsonNode of, String field) {
    return of.path(field).asString("");
  }

  @Test
  void deleteLeavesNothing() throws IOException {
    stacks.deleteAndAwait(stack);

    assertThat(PodmanCli.pods(instanceId)).isEmpty();
    assertThat(PodmanCli.containers(instanceId)).isEmpty();
    assertThat(stacks.exists(stack)).isFalse();
    assertThat(site.api().get("/v1/default/pods").successful().path("pods")).isEmpty();
    assertThat(filesOfPods()).isEmpty();
  }

  /** What the agent keeps of single pods, which goes with them. */
  private static List<Path> filesOfPods() throws IOException {
    try (Stream<Path> paths = Files.walk(site.directory())) {
      return paths
          .filter(
              path ->
                  Stream.of("pods", "volumes", "secrets")
                      .anyMatch(kept -> path.resolve("..").normalize().endsWith(kept)))
          .toList();
    }
  }
}
