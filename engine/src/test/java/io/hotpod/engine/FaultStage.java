package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;

import io.hotpod.engine.event.EventFilter;
import io.hotpod.engine.signal.SignedPurpose;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackRequest;
import io.hotpod.engine.stack.StackService;
import io.hotpod.engine.stack.Status;
import io.hotpod.engine.store.DatabaseFixture;
import io.hotpod.engine.store.DatabaseSettings;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One engine whose store and outside fail when they are told to, and what a scenario asks of it: it
 * asks again what was not answered. For one thread.
 */
final class FaultStage implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration SOON = Duration.ofMillis(5);
  private static final int TRIES = 4;

  private final Path directory;
  private final DatabaseSettings database;
  private final FailingStore store;
  private final Engine engine;
  private final FakeAgent agent;
  private final List<String> story = new ArrayList<>();
  private volatile OutsideWorld world = new OutsideWorld();
  private String name = "";
  private String stackId = "";
  private int count;

  FaultStage(Path directory) {
    this.directory = directory;
    this.database = DatabaseFixture.settings(directory);
    this.store = new FailingStore(diskFull(database), () -> world().forgot());
    DyingCommits alive = new DyingCommits();
    this.engine =
        Engines.open(
            new EngineSettings(directory, Clock.systemUTC(), () -> UUID.randomUUID().toString())
                .on(database)
                .withSecretsKeyFile(DatabaseFixture.keyFile(database, directory)),
            store,
            ThingType.both(this::world, alive));
    engine.reachableAt(URI.create("http://127.0.0.1:8004"));
    this.agent = new FakeAgent(engine, "web-1");
  }

  private static SQLException diskFull(DatabaseSettings database) {
    return switch (database) {
      case DatabaseSettings.Embedded embedded ->
          new SQLiteException(FailingStore.WORDS, SQLiteErrorCode.SQLITE_FULL);
      case DatabaseSettings.Postgresql postgresql -> new SQLException(FailingStore.WORDS, "53100");
    };
  }

  OutsideWorld world() {
    return world;
  }

  FailingStore store() {
    return store;
  }

  StackService stacks() {
    return engine.stacks();
  }

  String stackId() {
    return stackId;
  }

  List<String> story() {
    return List.copyOf(story);
  }

  /** Begins a scenario in a world of its own. */
  void begin(String scenario) {
    world = new OutsideWorld();
    agent.runtime(FakeAgent::ready);
    name = scenario.replace(' ', '-') + "-" + ++count;
    stackId = "";
    story.clear();
  }

  private StackRequest request(String template) {
    return EngineFixture.request(name, template);
  }

  void create(String template) {
    create(request(template));
  }

  private void create(StackRequest request) {
    ask("create", () -> stackId = stacks().create(CALLER, request).id());
    if (stackId.isEmpty()) {
      stackId = store.unseen(() -> stacks().find(CALLER, name).id());
    }
  }

  void update(String template) {
    ask("update", () -> stacks().update(CALLER, stackId, request(template)));
  }

  void updateOrGoBack(String template) {
    StackRequest request = EngineFixture.rollingBack(request(template));
    ask("update", () -> stacks().update(CALLER, stackId, request));
  }

  /** Gives the stack up, and gives what it had to another. */
  void handOver(String template) {
    // What an export says is what an abandon says.
    ObjectNode data = store.unseen(() -> stacks().export(CALLER, stackId));
    ask("abandon", () -> stacks().abandon(CALLER, stackId));
    settle();
    stackId = "";
    name = name + "-adopted";
    ask("adopt", () -> stackId = stacks().adopt(CALLER, request(template), data).id());
    if (stackId.isEmpty()) {
      stackId = store.unseen(() -> stacks().find(CALLER, name).id());
    }
  }

  /**
   * Asks until there is an answer. What was not answered may have been accepted, so that asking
   * again is refused.
   */
  void ask(String words, Runnable request) {
    for (int i = 1; i <= TRIES; i++) {
      try {
        request.run();
        story.add(words);
        return;
      } catch (EngineException e) {
        story.add(words + ": refused, " + e.getMessage());
        if (i > 1) {
          return;
        }
        throw e;
      } catch (IllegalStateException e) {
        story.add(words + ": " + e);
        awaitHealth();
      }
    }
    throw new AssertionError(words + " is not answered: " + story);
  }

  /** The same for what may come too late. */
  void askIfPossible(String words, Runnable request) {
    ask(
        words,
        () -> {
          try {
            request.run();
          } catch (EngineException e) {
            story.add(words + ": refused, " + e.getMessage());
          }
        });
  }

  private void awaitHealth() {
    await("the database", () -> engine.problem().isEmpty());
  }

  private void await(String what, java.util.function.BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            what
                + " does not come: "
                + story
                + rows("SELECT action, state FROM operation WHERE finished_at IS NULL")
                + rows("SELECT name, action, status, status_reason FROM resource")
                + rows("SELECT * FROM scheduled_tasks"));
      }
      LockSupport.parkNanos(SOON.toNanos());
    }
  }

  void awaitSlowStep() {
    await("a slow step", () -> world.anybodyWaits() || rows(UNFINISHED).isEmpty());
  }

  private static final String UNFINISHED = "SELECT id FROM operation WHERE finished_at IS NULL";

  /** Waits until nothing is left to be done, signalling for machines that have none. */
  void settle() {
    await(
        "the end",
        () -> {
          world.release();
          signal();
          return rows(UNFINISHED).isEmpty();
        });
    awaitHealth();
  }

  /** What a machine does that has carried out whatever it was asked for. */
  private void signal() {
    if (rows("SELECT id FROM software_deployment WHERE status = 'IN_PROGRESS'").isEmpty()) {
      return;
    }
    try {
      JsonNode deployments =
          store.unseen(() -> stacks().metadata(CALLER, stackId, "machine")).path("deployments");
      for (JsonNode deployment : deployments) {
        for (JsonNode input : deployment.path("inputs")) {
          if (input.path("name").asString("").equals("deploy_signal_id")) {
            engine
                .guests()
                .signal(
                    SignedUrl.read(input.path("value").asString("")),
                    SignedPurpose.SIGNAL,
                    JsonMapper.shared().createObjectNode());
          }
        }
      }
    } catch (RuntimeException e) {
      story.add("signal: " + e.getMessage());
    }
  }

  Stack stack() {
    return store.unseen(() -> stacks().find(CALLER, stackId));
  }

  /** What the outside has, by the resource that it is of. */
  Map<String, List<String>> things() {
    return world.things().stream()
        .collect(
            Collectors.groupingBy(
                OutsideWorld.Thing::owner,
                java.util.TreeMap::new,
                Collectors.mapping(
                    thing -> thing.value() + (thing.suspended() ? " suspended" : ""),
                    Collectors.toList())));
  }

  /** Names of failed resources with their reasons, inside too. */
  List<String> failures() {
    return store.unseen(
        () ->
            stacks().events(CALLER, stackId, EventFilter.ALL).stream()
                .filter(event -> event.status() == Status.FAILED)
                .map(event -> event.resourceName() + ": " + event.reason())
                .toList());
  }

  List<String> rows(String sql) {
    List<String> rows = new ArrayList<>();
    try (Connection connection = connection();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      while (found.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
          row.append(i == 1 ? "" : " ").append(found.getString(i));
        }
        rows.add(row.toString());
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return rows;
  }

  private Connection connection() throws SQLException {
    return switch (database) {
      case DatabaseSettings.Embedded embedded ->
          DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("hotpod.db"));
      case DatabaseSettings.Postgresql postgresql ->
          DriverManager.getConnection(postgresql.url(), postgresql.user(), "postgres");
    };
  }

  FakeAgent agent() {
    return agent;
  }

  @Override
  public void close() {
    agent.close();
    engine.close();
  }
}
