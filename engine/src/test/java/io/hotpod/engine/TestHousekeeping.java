package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static io.hotpod.engine.EngineFixture.rollingBack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotpod.engine.config.SoftwareService;
import io.hotpod.engine.event.Event;
import io.hotpod.engine.event.EventFilter;
import io.hotpod.engine.keeping.Housekeeping;
import io.hotpod.engine.keeping.Retention;
import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackFilter;
import io.hotpod.engine.stack.StackRequest;
import io.hotpod.engine.stack.Status;
import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.DatabaseFixture;
import io.hotpod.engine.store.DatabaseSettings;
import io.hotpod.template.environment.EnvironmentLayers;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

/** What is over goes after its time, and nothing else does. */
final class TestHousekeeping {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      resources:
        one: {type: OS::Heat::TestResource, properties: {value: VERSION}}
      """;

  @TempDir private Path directory;

  private EngineFixture open() {
    EngineFixture engine = new EngineFixture(directory);
    engine.engine().reachableAt(URI.create("http://127.0.0.1:8004"));
    return engine;
  }

  /** Does one round some time from now, while no engine runs. */
  private void keepHouse(Duration later, Retention retention) {
    try (Database database = database()) {
      new Housekeeping(database, retention, Clock.offset(Clock.systemUTC(), later)).run();
    }
  }

  private Database database() {
    DatabaseSettings settings = DatabaseFixture.settings(directory);
    return Database.open(
        settings, directory.resolve("hotpod.db"), DatabaseFixture.keyFile(settings, directory));
  }

  private long count(String sql, String id) {
    try (Database database = database()) {
      return database.read(
          handle -> handle.createQuery(sql).bind("id", id).mapTo(Long.class).one());
    }
  }

  private static Retention events(int most) {
    Retention usual = Retention.DEFAULT;
    return new Retention(
        most,
        usual.deletedStacks(),
        usual.operations(),
        usual.idempotencyKeys(),
        usual.joinTokens(),
        usual.unusedConfigs(),
        Duration.ofSeconds(1));
  }

  private static String template(int version) {
    return TEMPLATE.replace("VERSION", "v" + version);
  }

  @Test
  void aDeletedStackIsForgottenAfterItsTime() {
    String gone;
    String stays;
    try (EngineFixture engine = open()) {
      stays = engine.create("stays", template(1)).id();
      gone = engine.create("gone", template(1)).id();
      engine.stacks().snapshot(CALLER, gone, Optional.of("then"));
      engine.settled(gone);
      engine.delete(gone);
    }

    keepHouse(Duration.ofDays(29), Retention.DEFAULT);
    try (EngineFixture engine = open()) {
      assertThat(engine.stacks().find(CALLER, gone).deletedAt()).isPresent();
      assertThat(engine.stacks().events(CALLER, gone, EventFilter.ALL)).isNotEmpty();
    }
    keepHouse(Duration.ofDays(31), Retention.DEFAULT);

    try (EngineFixture engine = open()) {
      assertThatThrownBy(() -> engine.stacks().find(CALLER, gone))
          .isInstanceOf(EngineException.class);
      assertThat(engine.stacks().events(CALLER, stays, EventFilter.ALL)).isNotEmpty();
      assertThat(engine.update(stays, template(2)).combinedStatus()).isEqualTo("UPDATE_COMPLETE");
    }
    for (String table : List.of("event", "past_properties", "operation", "resource", "snapshot")) {
      assertThat(count("SELECT COUNT(*) FROM " + table + " WHERE stack_id = :id", gone))
          .as(table)
          .isZero();
    }
    assertThat(count("SELECT COUNT(*) FROM definition WHERE id <> :id", "")).isLessThan(3);
  }

  @Test
  void templatesThatNothingLeadsToGoWithTheirFiles() {
    String group =
        """
        heat_template_version: 2018-08-31
        resources:
          group:
            type: OS::Heat::ResourceGroup
            properties: {count: COUNT, resource_def: {type: inner.yaml}}
        """;
    String inner =
        """
        heat_template_version: 2018-08-31
        resources:
          one: {type: OS::Heat::TestResource, properties: {fail: FAILS}}
        """;
    String id;
    try (EngineFixture engine = open()) {
      id = engine.stacks().create(CALLER, files(group, "2", inner, "false")).id();
      engine.settled(id);
      engine.stacks().snapshot(CALLER, id, Optional.of("then"));
      engine.settled(id);
      engine.stacks().update(CALLER, id, rollingBack(files(group, "3", inner, "true")));
      engine.until(
          id, each -> each.action() == Action.ROLLBACK && each.status() != Status.IN_PROGRESS);
      engine.stacks().update(CALLER, id, files(group, "1", inner, "false"));
      engine.settled(id);
    }
    String unused =
        """
        SELECT COUNT(*) FROM definition WHERE id <> :id
          AND NOT EXISTS (SELECT 1 FROM stack
            WHERE definition_id = definition.id OR previous_definition_id = definition.id)
          AND NOT EXISTS (SELECT 1 FROM snapshot WHERE definition_id = definition.id)
        """;
    assertThat(count(unused, "")).as("what was tried in vain").isPositive();

    keepHouse(Duration.ZERO, Retention.DEFAULT);

    assertThat(count(unused, "")).isZero();
    assertThat(
            count(
                """
                SELECT COUNT(*) FROM file_set WHERE digest <> :id
                  AND NOT EXISTS (SELECT 1 FROM definition WHERE file_set = digest)
                """,
                ""))
        .isZero();
    try (EngineFixture engine = open()) {
      String then = engine.stacks().snapshots(CALLER, id).getFirst().id();
      engine.stacks().restore(CALLER, id, then);
      assertThat(engine.settled(id).combinedStatus()).isEqualTo("RESTORE_COMPLETE");
    }
  }

  private static StackRequest files(String group, String count, String inner, String fails) {
    return new StackRequest(
        Optional.of("s"),
        Optional.of(group.replace("COUNT", count)),
        "template",
        Map.of("inner.yaml", inner.replace("FAILS", fails)),
        new EnvironmentLayers(List.of(), Map.of()),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void theNewestEventsOfAStackStay() {
    String id;
    List<String> all;
    try (EngineFixture engine = open()) {
      id = engine.create("s", template(1)).id();
      for (int version = 2; version < 6; version++) {
        engine.update(id, template(version));
      }
      all = eventIds(engine, id);
      assertThat(all).hasSizeGreaterThan(10);
    }

    keepHouse(Duration.ZERO, events(7));

    try (EngineFixture engine = open()) {
      assertThat(eventIds(engine, id)).isEqualTo(all.subList(0, 7));
    }
  }

  private static List<String> eventIds(EngineFixture engine, String id) {
    return engine.stacks().events(CALLER, id, EventFilter.ALL).stream().map(Event::id).toList();
  }

  @Test
  void aServerKeepsHouseByItself() {
    DatabaseSettings database = DatabaseFixture.settings(directory);
    EngineSettings settings =
        new EngineSettings(directory, Clock.systemUTC(), () -> UUID.randomUUID().toString())
            .on(database)
            .withSecretsKeyFile(DatabaseFixture.keyFile(database, directory))
            .withRetention(events(2));
    String id;
    try (EngineFixture engine = open()) {
      id = engine.create("s", template(1)).id();
    }
    try (Engine engine = Engines.open(settings)) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> engine.stacks().events(CALLER, id, EventFilter.ALL).size() == 2);
    }
  }

  @Test
  void operationsThatHaveEndedGoButTheLastOfEachStack() {
    String id;
    try (EngineFixture engine = open()) {
      id = engine.create("s", template(1)).id();
      engine.update(id, template(2));
      engine.update(id, template(3));
    }
    String operations = "SELECT COUNT(*) FROM operation WHERE stack_id = :id";
    assertThat(count(operations, id)).isEqualTo(3);

    keepHouse(Duration.ofDays(6), Retention.DEFAULT);
    assertThat(count(operations, id)).isEqualTo(3);
    keepHouse(Duration.ofDays(8), Retention.DEFAULT);
    assertThat(count(operations, id)).isEqualTo(1);

    try (EngineFixture engine = open()) {
      assertThat(engine.update(id, template(4)).combinedStatus()).isEqualTo("UPDATE_COMPLETE");
    }
  }

  @Test
  void anIdempotencyKeyCanBeUsedAnewAfterItsTime() {
    Caller caller =
        new Caller(
            CALLER.project(),
            Optional.empty(),
            Optional.of(new Caller.IdempotencyKey("key", "digest")));
    Stack first;
    try (EngineFixture engine = open()) {
      first = engine.stacks().create(caller, EngineFixture.request("a", template(1)));
      engine.settled(first.id());
    }
    keepHouse(Duration.ofDays(6), Retention.DEFAULT);
    try (EngineFixture engine = open()) {
      assertThat(engine.stacks().create(caller, EngineFixture.request("b", template(1))).id())
          .isEqualTo(first.id());
    }
    keepHouse(Duration.ofDays(8), Retention.DEFAULT);
    try (EngineFixture engine = open()) {
      Stack second = engine.stacks().create(caller, EngineFixture.request("b", template(1)));
      assertThat(second.id()).isNotEqualTo(first.id());
      engine.settled(second.id());
      assertThat(engine.stacks().list(CALLER, StackFilter.ALL)).hasSize(2);
    }
  }

  @Test
  void configsThatNobodyNamesGoWhereThatIsWanted() {
    String used;
    String unused;
    try (EngineFixture engine = open()) {
      used = config(engine, "used");
      unused = config(engine, "unused");
      engine
          .stacks()
          .create(
              CALLER,
              EngineFixture.request(
                  "s",
                  """
                  heat_template_version: 2018-08-31
                  resources:
                    kept: {type: OS::Heat::Value, properties: {value: {in: [CONFIG]}}}
                  """
                      .replace("CONFIG", used)));
      engine.settled(engine.stacks().find(CALLER, "s").id());
    }
    keepHouse(Duration.ofDays(100), Retention.DEFAULT);
    try (EngineFixture engine = open()) {
      assertThat(engine.engine().software().config(CALLER, unused).name()).isEqualTo("unused");
    }
    Retention usual = Retention.DEFAULT;
    Retention tidy =
        new Retention(
            usual.eventsPerStack(),
            usual.deletedStacks(),
            usual.operations(),
            usual.idempotencyKeys(),
            usual.joinTokens(),
            Optional.of(Duration.ofDays(90)),
            usual.interval());
    keepHouse(Duration.ofDays(89), tidy);
    keepHouse(Duration.ofDays(91), tidy);

    try (EngineFixture engine = open()) {
      assertThat(engine.engine().software().config(CALLER, used).name()).isEqualTo("used");
      assertThatThrownBy(() -> engine.engine().software().config(CALLER, unused))
          .isInstanceOf(EngineException.class);
    }
  }

  private static String config(EngineFixture engine, String name) {
    return engine
        .engine()
        .software()
        .createConfig(
            CALLER,
            new SoftwareService.ConfigRequest(
                name,
                "script",
                JSON.stringNode("echo"),
                JSON.arrayNode(),
                JSON.arrayNode(),
                JSON.objectNode()))
        .id();
  }
}
