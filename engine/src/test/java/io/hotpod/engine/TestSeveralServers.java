package io.hotpod.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hotpod.engine.event.EventFilter;
import io.hotpod.engine.event.EventFollower;
import io.hotpod.engine.event.EventScope;
import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackRequest;
import io.hotpod.engine.stack.Status;
import io.hotpod.engine.store.DatabaseFixture;
import io.hotpod.engine.store.DatabaseSettings;
import io.hotpod.engine.wake.Topics;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

  private static final String LISTENERS =
      "FROM pg_stat_activity WHERE datname = current_database() AND query = ?";

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

  /** At two servers or at one. Both wait at a breakpoint until both are accepted. */
  @Test
  void ofTwoUpdatesAtTheSameInstantTheLastThatWasTakenHolds() throws Exception {
    String id = first.create("s", same(0)).id();
    for (int round = 1; round <= 6; round++) {
      CyclicBarrier barrier = new CyclicBarrier(2);
      List<Callable<Integer>> updates = new ArrayList<>();
      for (EngineFixture server : List.of(first, round % 2 == 0 ? first : second)) {
        StackRequest request = paused("s", updates.size() + 2 * round, "pre-update");
        updates.add(
            () -> {
              int arrived = barrier.await();
              server.stacks().update(EngineFixture.CALLER, id, request);
              return arrived;
            });
      }
      try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
        for (Future<Integer> accepted : executor.invokeAll(updates)) {
          accepted.get();
        }
      }
      ObjectNode clear = JsonMapper.shared().createObjectNode().put("unset_hook", "pre-update");
      second.until(id, now -> isCleared(id, clear));

      Stack end = first.settled(id);
      assertThat(end.combinedStatus()).as(end.statusReason()).isEqualTo("UPDATE_COMPLETE");
      String wanted = first.stacks().definition(EngineFixture.CALLER, id).template();
      for (String name : List.of("one", "two")) {
        assertThat(wanted).contains("value: " + second.attribute(id, name, "output") + "}");
      }
      int rounds = round;
      await()
          .untilAsserted(
              () ->
                  assertThat(states(id, Action.UPDATE))
                      .containsOnly(
                          Map.entry("COMPLETE", rounds), Map.entry("SUPERSEDED", rounds)));
    }
  }

  @Test
  void whatAServerCouldNotHearOfStopsWhatItDoesAllTheSame() throws SQLException {
    String updated =
        first.stacks().create(EngineFixture.CALLER, paused("updated", 0, "pre-create")).id();
    String cancelled =
        first.stacks().create(EngineFixture.CALLER, paused("cancelled", 0, "pre-create")).id();
    for (String id : List.of(updated, cancelled)) {
      first.until(id, now -> isPaused(id));
    }
    long begin = System.nanoTime();
    assertThat(query("SELECT pg_terminate_backend(pid) " + LISTENERS, "LISTEN hotpod")).hasSize(2);

    second.stacks().cancelWithoutRollback(EngineFixture.CALLER, cancelled);
    second
        .stacks()
        .update(
            EngineFixture.CALLER,
            updated,
            EngineFixture.request("updated", "heat_template_version: 2018-08-31"));

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              assertThat(states(updated, Action.CREATE)).containsOnlyKeys("SUPERSEDED");
              assertThat(states(cancelled, Action.CREATE)).containsOnlyKeys("FAILED");
            });
    assertThat(first.settled(updated).combinedStatus()).isEqualTo("UPDATE_COMPLETE");
    assertWoken(begin);
  }

  private boolean isPaused(String stackId) {
    return first.stacks().events(EngineFixture.CALLER, stackId, EventFilter.ALL).stream()
        .anyMatch(event -> event.reason().contains("paused"));
  }

  /** Word of an acceptance comes by another way than the operations do, so it may be late. */
  @Test
  void lateWordOfAnOlderUpdateStopsNothing() throws SQLException {
    String id = first.create("s", same(0)).id();
    first.stacks().update(EngineFixture.CALLER, id, paused("s", 1, "pre-update"));
    first.until(id, now -> isPaused(id));
    String older =
        query("SELECT id FROM operation WHERE stack_id = ? AND action = 'CREATE'", id).getFirst();

    query("SELECT pg_notify('hotpod', ?)", Topics.accepted(id, older));

    ObjectNode clear = JsonMapper.shared().createObjectNode().put("unset_hook", "pre-update");
    second.until(id, now -> isCleared(id, clear));
    assertThat(first.settled(id).combinedStatus()).isEqualTo("UPDATE_COMPLETE");
  }

  /** A request that waits before it does anything. */
  private static StackRequest paused(String name, int value, String hook) {
    return TestNestedStacks.request(
        name,
        same(value),
        Map.of(),
        "resource_registry: {resources: {one: {hooks: %s}}}".formatted(hook));
  }

  private static String same(int value) {
    return """
    heat_template_version: 2018-08-31
    resources:
      one: {type: OS::Heat::TestResource, properties: {value: v%1$d}}
      two: {type: OS::Heat::TestResource, depends_on: one, properties: {value: v%1$d}}
    """
        .formatted(value);
  }

  private boolean isCleared(String id, ObjectNode clear) {
    try {
      second.stacks().signal(EngineFixture.CALLER, id, "one", clear);
      return true;
    } catch (EngineException notYet) {
      return false;
    }
  }

  /** How many operations of a stack ended in each way. */
  private Map<String, Integer> states(String stackId, Action action) throws SQLException {
    Map<String, Integer> states = new TreeMap<>();
    query("SELECT action || ' ' || state FROM operation WHERE stack_id = ?", stackId).stream()
        .filter(each -> each.startsWith(action + " "))
        .forEach(each -> states.merge(each.substring(each.indexOf(' ') + 1), 1, Integer::sum));
    return states;
  }

  private List<String> query(String sql, String parameter) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection(database.url(), database.user(), "postgres");
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, parameter);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
    }
    return found;
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
              new DatabaseSettings.Postgresql(arguments[1], arguments[2], Path.of(arguments[3])),
              Clock.offset(Clock.systemUTC(), Duration.ofHours(1)),
              List.of());
      engine.engine().reachableAt(ADDRESS);
      Stack stack = engine.stacks().create(EngineFixture.CALLER, EngineFixture.request("s", WAITS));
      engine.until(stack.id(), now -> waits(engine, stack.id()));
      System.out.println("waits " + stack.id());
      new CountDownLatch(1).await();
    }
  }

  /** Its clock is an hour ahead, and that of another jumps two hours forth and back. */
  @Test
  void whatAKilledServerHadBegunGoesOnElsewhereWithinTenSeconds()
      throws IOException, InterruptedException, SQLException {
    first.close();
    SettableClock jumping = new SettableClock(Instant.now().truncatedTo(ChronoUnit.MILLIS));
    first = new EngineFixture(directory.resolve("first"), database, jumping, List.of());
    first.engine().reachableAt(ADDRESS);
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
      String owner = owner(id);
      jumping.jump(Duration.ofHours(2));
      untilSeen(jumping.instant());
      jumping.jump(Duration.ofMinutes(1));
      untilSeen(jumping.instant());
      assertThat(owner(id)).as("who lives keeps what it is at").isEqualTo(owner);
      jumping.jump(Duration.ofHours(-2));
    } finally {
      process.destroyForcibly().waitFor();
    }
    long begin = System.nanoTime();

    first.stacks().signal(EngineFixture.CALLER, id, "handle", signal());

    assertThat(second.settled(id).status()).isEqualTo(Status.COMPLETE);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    assertThat(first.attribute(id, "before", "value")).as("done once").isEqualTo(random);
  }

  /** Waits until a server has looked for owners that are dead, after which it says that it runs. */
  private void untilSeen(Instant time) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> first.engine().servers().stream().anyMatch(each -> each.seenAt().equals(time)));
  }

  /** Which server is at the operation of a stack. */
  private String owner(String stackId) throws SQLException {
    return query(
            """
            SELECT picked_by FROM scheduled_tasks
            WHERE task_instance = (SELECT operation_id FROM stack WHERE id = ?)
            """,
            stackId)
        .getFirst();
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
