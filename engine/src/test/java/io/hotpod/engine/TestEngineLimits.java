package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static io.hotpod.engine.EngineFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotpod.engine.config.SoftwareService;
import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackFilter;
import io.hotpod.engine.stack.StackRequest;
import io.hotpod.engine.stack.Status;
import io.hotpod.engine.store.DatabaseFixture;
import io.hotpod.engine.store.DatabaseSettings;
import io.hotpod.template.environment.EnvironmentLayers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

/** Each limit refuses what is beyond it, and nothing that is not. */
final class TestEngineLimits {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String EMPTY = "heat_template_version: 2018-08-31\nresources: {}\n";

  @TempDir private Path directory;
  private Engine engine;

  @BeforeEach
  void open() {
    DatabaseSettings database = DatabaseFixture.settings(directory);
    engine =
        Engines.open(
            new EngineSettings(directory, Clock.systemUTC(), () -> UUID.randomUUID().toString())
                .on(database)
                .withSecretsKeyFile(DatabaseFixture.keyFile(database, directory))
                .withLimits(new EngineLimits(5, 1, 2, 1_000, 1, 1, 1)));
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private void settled(String id) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> engine.stacks().find(EngineFixture.CALLER, id).status() != Status.IN_PROGRESS);
  }

  private static String values(int count) {
    StringBuilder template = new StringBuilder("heat_template_version: 2018-08-31\nresources:\n");
    for (int i = 0; i < count; i++) {
      template.append("  r").append(i).append(": {type: OS::Heat::None}\n");
    }
    return template.toString();
  }

  private static String group(int count) {
    return """
    heat_template_version: 2018-08-31
    resources:
      group:
        type: OS::Heat::ResourceGroup
        properties: {count: COUNT, resource_def: {type: OS::Heat::None}}
    """
        .replace("COUNT", "" + count);
  }

  private static StackRequest nested(String name, Map<String, String> files) {
    return new StackRequest(
        Optional.of(name),
        Optional.of("heat_template_version: 2018-08-31\nresources: {inside: {type: one.yaml}}\n"),
        "template",
        files,
        new EnvironmentLayers(List.of(), Map.of()),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private String create(StackRequest request) {
    String id = engine.stacks().create(CALLER, request).id();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> engine.stacks().find(CALLER, id).status() != Status.IN_PROGRESS);
    return id;
  }

  private static void assertRefused(ThrowingCallable work, String words) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            EngineException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED))
        .hasMessageContaining(words);
  }

  @Test
  void resourcesOfATree() {
    create(request("five", values(5)));
    assertRefused(
        () -> engine.stacks().create(CALLER, request("six", values(6))),
        "Maximum resources per stack exceeded: more than 5");
    create(request("group", group(4)));
    assertRefused(
        () -> engine.stacks().create(CALLER, request("larger", group(5))),
        "Maximum resources per stack exceeded: more than 5");
    assertThat(engine.stacks().count(CALLER, StackFilter.ALL)).isEqualTo(2);
  }

  @Test
  void depth() {
    create(nested("one", Map.of("one.yaml", EMPTY)));
    assertRefused(
        () ->
            engine
                .stacks()
                .create(
                    CALLER,
                    nested(
                        "two",
                        Map.of(
                            "one.yaml",
                            """
                            heat_template_version: 2018-08-31
                            resources: {inside: {type: two.yaml}}
                            """,
                            "two.yaml",
                            EMPTY))),
        "Recursion depth exceeds 1");
  }

  @Test
  void stacksOfAProject() {
    String first = create(request("one", EMPTY));
    create(request("two", EMPTY));
    assertRefused(
        () -> engine.stacks().create(CALLER, request("three", EMPTY)),
        "You have reached the maximum stacks per tenant, 2");
    engine.stacks().create(Caller.of("other"), request("one", EMPTY));
    engine.stacks().delete(CALLER, first);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> engine.stacks().find(CALLER, first).deletedAt().isPresent());
    create(request("three", EMPTY));
  }

  @Test
  void aTemplate() {
    String padded = EMPTY + "#".repeat(1_000 - EMPTY.length());
    String id = create(request("fits", padded));
    assertRefused(
        () -> engine.stacks().create(CALLER, request("longer", padded + "#")),
        "Template size (1001 characters) exceeds maximum allowed size (1000 characters)");
    assertRefused(
        () -> engine.stacks().update(CALLER, id, request("", padded + "#")), "Template size");
  }

  @Test
  void snapshotsOfAStack() {
    String id = create(request("s", EMPTY));
    engine.stacks().snapshot(CALLER, id, Optional.empty());
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> engine.stacks().find(CALLER, id).status() != Status.IN_PROGRESS);
    assertRefused(
        () -> engine.stacks().snapshot(CALLER, id, Optional.empty()),
        "the maximum snapshots per stack, 1");
  }

  @Test
  void configsOfAProject() {
    SoftwareService.ConfigRequest config =
        new SoftwareService.ConfigRequest(
            "c",
            "script",
            JSON.stringNode("echo"),
            JSON.arrayNode(),
            JSON.arrayNode(),
            JSON.objectNode());
    engine.software().createConfig(CALLER, config);
    assertRefused(
        () -> engine.software().createConfig(CALLER, config),
        "the maximum software configs per tenant, 1");
  }

  @Test
  void deploymentsOfAProject() {
    String config =
        engine
            .software()
            .createConfig(
                CALLER,
                new SoftwareService.ConfigRequest(
                    "c",
                    "script",
                    JSON.stringNode("echo"),
                    JSON.arrayNode(),
                    JSON.arrayNode(),
                    JSON.objectNode()))
            .id();
    SoftwareService.DeploymentRequest deployment =
        new SoftwareService.DeploymentRequest(
            Optional.of(config),
            Optional.of("machine"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    String first = engine.software().createDeployment(CALLER, deployment).id();
    assertRefused(
        () -> engine.software().createDeployment(CALLER, deployment),
        "the maximum software deployments per tenant, 1");

    engine.software().deleteDeployment(CALLER, first);
    assertThat(engine.software().createDeployment(CALLER, deployment).configId()).isEqualTo(config);
  }

  @Test
  void whatComesAtTheSameInstantIsCountedOneAfterTheOther()
      throws InterruptedException, ExecutionException {
    SoftwareService.ConfigRequest config =
        new SoftwareService.ConfigRequest(
            "c",
            "script",
            JSON.stringNode("echo"),
            JSON.arrayNode(),
            JSON.arrayNode(),
            JSON.objectNode());
    assertThat(taken(number -> engine.software().createConfig(CALLER, config))).isEqualTo(1);
    String configId =
        engine.software().configs(CALLER, Optional.empty(), Optional.empty()).getFirst().id();
    SoftwareService.DeploymentRequest deployment =
        new SoftwareService.DeploymentRequest(
            Optional.of(configId),
            Optional.of("machine"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThat(taken(number -> engine.software().createDeployment(CALLER, deployment)))
        .isEqualTo(1);
    assertThat(taken(number -> engine.stacks().create(CALLER, request("s" + number, EMPTY))))
        .isEqualTo(2);
    String stack = engine.stacks().find(CALLER, stackNames().getFirst()).id();
    Awaitility.await()
        .until(() -> engine.stacks().find(CALLER, stack).status() != Status.IN_PROGRESS);
    assertThat(taken(number -> engine.stacks().snapshot(CALLER, stack, Optional.empty())))
        .isEqualTo(1);
    assertThat(engine.software().deployments(CALLER, Optional.empty())).hasSize(1);
  }

  private List<String> stackNames() {
    return engine.stacks().list(CALLER, StackFilter.ALL).stream().map(Stack::name).toList();
  }

  private interface Request {
    void make(int number);
  }

  /** How many of many requests at once are not refused. */
  private static int taken(Request request) throws InterruptedException, ExecutionException {
    int many = 8;
    CyclicBarrier barrier = new CyclicBarrier(many);
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> answers = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        int number = i;
        answers.add(
            executor.submit(
                () -> {
                  barrier.await();
                  try {
                    request.make(number);
                    return true;
                  } catch (EngineException refusal) {
                    return false;
                  }
                }));
      }
      int taken = 0;
      for (Future<Boolean> answer : answers) {
        taken += answer.get() ? 1 : 0;
      }
      return taken;
    }
  }

  @Test
  void theDefaultsAreHeatsOrMore() {
    assertThat(EngineLimits.DEFAULT)
        .isEqualTo(new EngineLimits(20_000, 5, 10_000, 2_097_152, 32, 4096, 4096));
    assertThatThrownBy(() -> new EngineLimits(0, 5, 1, 1, 1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("resourcesPerTree");
  }

  @Test
  void aSignalScalesNoFurtherThanATreeMayGrow() {
    String id =
        engine
            .stacks()
            .create(
                EngineFixture.CALLER,
                EngineFixture.request(
                    "s",
                    """
                    heat_template_version: 2018-08-31
                    resources:
                      web:
                        type: OS::Heat::AutoScalingGroup
                        properties: {min_size: 2, max_size: 9, resource: {type: OS::Heat::None}}
                      up:
                        type: OS::Heat::ScalingPolicy
                        properties:
                          auto_scaling_group_id: {get_resource: web}
                          adjustment_type: change_in_capacity
                          scaling_adjustment: 1
                    """))
            .id();
    settled(id);
    String inside =
        engine.stacks().resource(EngineFixture.CALLER, id, "web").nestedStackId().orElseThrow();

    engine.stacks().signal(EngineFixture.CALLER, id, "up", JSON.objectNode());
    settled(inside);

    assertThatThrownBy(
            () -> engine.stacks().signal(EngineFixture.CALLER, id, "up", JSON.objectNode()))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("scaling to 4 members would make 6 with all stacks inside");
    assertThat(engine.stacks().resources(EngineFixture.CALLER, inside)).hasSize(3);
  }
}
