package io.hotpod.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hotpod.engine.event.EventFollower;
import io.hotpod.engine.event.EventScope;
import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.Status;
import io.hotpod.engine.store.DatabaseFixture;
import io.hotpod.engine.store.DatabaseSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Engines beside each other on one database. */
@EnabledIfSystemProperty(named = "hotpod.test.database", matches = "postgresql")
final class TestSeveralServers {
  private static final URI ADDRESS = URI.create("http://127.0.0.1:8004");
  private static final String WAITS =
      """
      heat_template_version: 2018-08-31
      resources:
        before: {type: OS::Heat::RandomString}
        handle: {type: OS::Heat::WaitConditionHandle}
        wait:
          type: OS::Heat::WaitCondition
          depends_on: before
          properties: {handle: {get_resource: handle}, timeout: 300}
        after: {type: OS::Heat::Value, depends_on: wait, properties: {value: {get_attr: [wait, data]}}}
      """;
  private static final String POD =
      """
      heat_template_version: 2018-08-31
      resources:
        config:
          type: OS::Kubernetes::PodConfig
          properties:
            manifest:
              apiVersion: v1
              kind: Pod
              metadata: {name: web}
              spec: {containers: [{name: web, image: web:1}]}
        web:
          type: OS::Kubernetes::PodDeployment
          properties: {config: {get_resource: config}, server: machine}
      """;

  @TempDir private Path directory;
  private DatabaseSettings.Postgresql database;
  private EngineFixture first;
  private EngineFixture second;

  @BeforeEach
  void open() {
    database = DatabaseFixture.postgresql(directory);
    first = new EngineFixture(directory.resolve("first"), database);
    second = new EngineFixture(directory.resolve("second"), database);
    first.engine().reachableAt(ADDRESS);
    second.engine().reachableAt(ADDRESS);
  }

  @AfterEach
  void close() {
    first.close();
    second.close();
  }

  private static ObjectNode signal() {
    return JsonMapper.shared().readValue("{\"data\":\"here\"}", ObjectNode.class);
  }

  private static boolean waits(EngineFixture server, String stackId) {
    return server.stacks().resources(EngineFixture.CALLER, stackId).stream()
        .anyMatch(resource -> resource.name().equals("wait") && resource.action() == Action.CREATE);
  }

  /** Far less than it takes until a server asks again without having been woken. */
  private static void assertWoken(long begin) {
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
  }

  @Test
  void aReportThatArrivesAtOneServerEndsTheStepThatWaitsOnAnother() {
    long begin = System.nanoTime();
    try (FakeAgent agent = new FakeAgent(second.engine(), "machine")) {
      Stack stack = first.create("pods", POD);

      assertThat(stack.status()).as(stack.statusReason()).isEqualTo(Status.COMPLETE);
      assertThat(agent.started()).hasSize(1);
    }
    assertWoken(begin);
  }

  @Test
  void aSignalThatArrivesAtOneServerEndsTheStepThatWaitsOnAnother() {
    Stack stack = first.stacks().create(EngineFixture.CALLER, EngineFixture.request("s", WAITS));
    second.until(stack.id(), now -> waits(second, stack.id()));
    long begin = System.nanoTime();

    second.stacks().signal(EngineFixture.CALLER, stack.id(), "handle", signal());

    assertThat(second.settled(stack.id()).status()).isEqualTo(Status.COMPLETE);
    assertThat(first.attribute(stack.id(), "after", "value")).contains("here");
    assertWoken(begin);
  }

  @Test
  void anUpdateAcceptedByOneServerStopsWhatAnotherDoes() {
    Stack stack = first.stacks().create(EngineFixture.CALLER, EngineFixture.request("s", WAITS));
    first.until(stack.id(), now -> waits(first, stack.id()));
    long begin = System.nanoTime();

    Stack updated =
        second.update(
            stack.id(),
            """
            heat_template_version: 2018-08-31
            resources: {before: {type: OS::Heat::RandomString}}
            """);

    assertThat(updated.combinedStatus()).isEqualTo("UPDATE_COMPLETE");
    assertThat(first.stacks().resources(EngineFixture.CALLER, stack.id())).hasSize(1);
    assertWoken(begin);
  }

  @Test
  void theKeyIsNotChangedUnderARunningServer() {
    EngineSettings settings =
        new EngineSettings(
                directory.resolve("third"), Clock.systemUTC(), () -> UUID.randomUUID().toString())
            .on(database)
            .withSecretsKeyFile(DatabaseFixture.keyFile(database, directory));

    assertThatThrownBy(() -> DatabaseMaintenance.rotateKey(settings))
        .hasMessageContaining("a Hotpod server runs on the database");
    first.close();
    second.close();
    assertThat(DatabaseMaintenance.rotateKey(settings)).isPositive();
    first = new EngineFixture(directory.resolve("first"), database);
    second = new EngineFixture(directory.resolve("second"), database);
  }

  /** What the process does that is killed: it begins a stack and waits. */
  static final class Doomed {
    private Doomed() {}

    public static void main(String[] arguments) throws InterruptedException {
      Path directory = Path.of(arguments[0]);
      EngineFixture engine =
          new EngineFixture(
              directory,
              new DatabaseSettings.Postgresql(arguments[1], arguments[2], Path.of(arguments[3])));
      engine.engine().reachableAt(ADDRESS);
      Stack stack = engine.stacks().create(EngineFixture.CALLER, EngineFixture.request("s", WAITS));
      engine.until(stack.id(), now -> waits(engine, stack.id()));
      System.out.println("waits " + stack.id());
      new CountDownLatch(1).await();
    }
  }

  @Test
  void whatAKilledServerHadBegunGoesOnElsewhereWithinTenSeconds()
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Doomed.class.getName(),
                    directory.resolve("doomed").toString(),
                    database.url(),
                    database.user(),
                    database.passwordFile().toString()))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String id;
    String random;
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      String line = output.readLine();
      assertThat(line).startsWith("waits ");
      id = line.substring("waits ".length());
      random = first.attribute(id, "before", "value");
    } finally {
      process.destroyForcibly().waitFor();
    }
    long begin = System.nanoTime();

    first.stacks().signal(EngineFixture.CALLER, id, "handle", signal());

    assertThat(second.settled(id).status()).isEqualTo(Status.COMPLETE);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    assertThat(first.attribute(id, "before", "value")).as("done once").isEqualTo(random);
  }

  @Test
  void everyServerIsToldAndWhetherItRuns() {
    SettableClock behind = new SettableClock(Instant.now().minusSeconds(61));
    try (EngineFixture third =
        new EngineFixture(directory.resolve("third"), database, behind, List.of())) {
      assertThat(first.engine().servers()).hasSize(3).isEqualTo(third.engine().servers());
      assertThat(running()).as("one was silent for too long").isEqualTo(2);

      behind.jump(Duration.ofSeconds(61));

      await().atMost(Duration.ofSeconds(20)).until(() -> running() == 3);
    }
    assertThat(first.engine().servers()).as("one ended").hasSize(2);
  }

  private long running() {
    Instant now = Instant.now();
    return second.engine().servers().stream().filter(server -> server.isUp(now)).count();
  }

  @Test
  void whatHappensOnOneServerIsToldByTheOther() throws InterruptedException {
    try (EventFollower follower =
        second
            .engine()
            .feed()
            .follow(EngineFixture.CALLER, new EventScope.Project(), Optional.empty())) {
      Stack stack =
          first
              .stacks()
              .create(
                  EngineFixture.CALLER,
                  EngineFixture.request("told", "heat_template_version: 2018-08-31"));

      assertThat(TestEventFeed.until(follower, stack.id(), "CREATE_COMPLETE"))
          .extracting(each -> each.event().stackId())
          .containsOnly(stack.id());
    }
  }
}
