package io.hotpod.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What cannot work fails with its reason, and nothing else suffers. */
final class TestFaults {
  @RegisterExtension private static final Sites SITES = Sites.ofClass("faults");
  private static final String INSTANCE = "local-1";
  private static final String NEIGHBOUR = "neighbour";
  private static final String STACK = "faulty";
  private static final Duration QUICKLY = Duration.ofSeconds(2);

  private static Site site;
  private static String instanceId;

  private List<PodmanContainer> neighbours = List.of();

  @BeforeAll
  static void start() {
    site = SITES.open();
    site.startDev(1);
    instanceId = site.instanceId(INSTANCE);
    site.stacks()
        .createAndAwait(NEIGHBOUR, PodText.template(PodText.page("page", INSTANCE, "well")));
  }

  @BeforeEach
  void lookAtTheNeighbour() {
    neighbours = PodmanCli.containers(instanceId);
    assertThat(neighbours).hasSize(1);
  }

  @AfterEach
  void nothingElseSuffered() {
    if (site.stacks().exists(STACK)) {
      site.stacks().deleteAndAwait(STACK);
    }
    assertThat(PodmanCli.containers(instanceId)).isEqualTo(neighbours);
    assertThat(site.stacks().status(NEIGHBOUR)).isEqualTo("CREATE_COMPLETE");
    assertThat(site.stacks().pod(NEIGHBOUR, "page").path("ready").booleanValue()).isTrue();
  }

  static Stream<Arguments> faults() {
    PodText pod = PodText.sleeping("bad", INSTANCE);
    return Stream.of(
        Arguments.of(
            "an image that nobody has",
            pod.withImage("localhost/no-such-image:1").withDeployment("timeout: 5"),
            List.of("localhost/no-such-image:1", "image")),
        Arguments.of(
            "an image that may not be pulled",
            pod.withImage("localhost/no-such-image:1").withoutPull(),
            List.of("ErrImageNeverPull", "localhost/no-such-image:1")),
        Arguments.of(
            "a command that is not in the image",
            pod.withCommand("[/no/such/command]"),
            List.of("/no/such/command")),
        Arguments.of(
            "a container that ends at once", pod.withScript("exit 7"), List.of("main", "7")),
        Arguments.of(
            "a container that is never ready",
            pod.withContainer("readinessProbe: {exec: {command: ['false']}, periodSeconds: 1}")
                .withDeployment("timeout: 3"),
            List.of("main", "3 s", "readiness probe")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void failsWithItsReason(String what, PodText pod, List<String> words) {
    // The pod beside it, of the same stack, works.
    site.stacks()
        .create(STACK, PodText.template(pod, PodText.page("good", INSTANCE, "still-well")));

    JsonNode failed = site.stacks().await(STACK, "CREATE_FAILED");

    assertThat(failed.path("stack_status_reason").asString("")).contains("bad").contains(words);
    Waiting.until(
        "the other pod is ready",
        () -> site.stacks().pod(STACK, "good").path("ready").booleanValue());
  }

  @Test
  void aPortThatIsTakenIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
      String port = String.valueOf(taken.getLocalPort());
      PodText pod =
          PodText.page("bad", INSTANCE, "never")
              .withContainer("ports: [{containerPort: 8080, hostPort: " + port + "}]")
              .withDeployment("timeout: 5");
      site.stacks().create(STACK, PodText.template(pod));

      JsonNode failed = site.stacks().await(STACK, "CREATE_FAILED");

      assertThat(failed.path("stack_status_reason").asString(""))
          .contains("bad", port, "PortConflict");
    }
  }

  @Test
  void anUpdateThatFailsIsMendedByTheNext() {
    PodText good = PodText.page("page", INSTANCE, "good");
    site.stacks().createAndAwait(STACK, PodText.template(good));

    site.stacks().update(STACK, PodText.template(good.withScript("exit 7")));
    site.stacks().await(STACK, "UPDATE_FAILED");
    site.stacks().updateAndAwait(STACK, PodText.template(good));

    assertThat(site.stacks().pod(STACK, "page").path("ready").booleanValue()).isTrue();
  }

  static Stream<Arguments> templates() {
    String good = PodText.template(PodText.sleeping("web", INSTANCE));
    return Stream.of(
        Arguments.of(
            "not YAML", good.replace("containers:", "containers: ["), List.of("template:")),
        Arguments.of(
            "an unknown field",
            good.replace("containers:", "containrs:"),
            List.of("template:12:", "containrs", "containers")),
        Arguments.of(
            "an unknown parameter",
            good.replace("server: " + INSTANCE, "server: {get_param: machine}"),
            List.of("machine", "template:")),
        Arguments.of(
            "an unknown resource type",
            good.replace("PodDeployment", "PodDeploiment"),
            List.of("PodDeploiment", "template:")),
        Arguments.of(
            "a circle",
            PodText.template(
                PodText.sleeping("a", INSTANCE).after("b"),
                PodText.sleeping("b", INSTANCE).after("a")),
            List.of("ircular", "a", "b")),
        Arguments.of(
            "ten megabytes", good + "# " + "x".repeat(10_000_000) + "\n", List.of("limit")),
        Arguments.of("an alias bomb", bomb(), List.of("template")));
  }

  private static String bomb() {
    StringBuilder text = new StringBuilder("heat_template_version: 2021-04-16\n");
    text.append("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      String alias = "*a" + (i - 1);
      text.append("a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", nine(alias))));
    }
    return text.append("resources: {}\n").toString();
  }

  private static List<String> nine(String word) {
    return Stream.generate(() -> word).limit(9).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("templates")
  void aWrongTemplateIsRefusedWithThePlaceBeforeAnythingIsDone(
      String what, String template, List<String> words) {
    Instant before = Instant.now();
    Answer answer = site.stacks().create(STACK, template, Map.of());
    Duration took = Duration.between(before, Instant.now());

    assertThat(answer.status()).as(answer.error()).isEqualTo(400);
    assertThat(answer.error()).contains(words);
    assertThat(took).isLessThan(QUICKLY);
    assertThat(site.stacks().exists(STACK)).isFalse();
  }
}
