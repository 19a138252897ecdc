package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotpod.engine.config.SoftwareService;
import io.hotpod.engine.event.EventFilter;
import io.hotpod.engine.instance.Enrolment;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.Status;
import io.hotpod.engine.store.DatabaseFixture;
import io.hotpod.engine.store.DatabaseSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A server moves from its own file to a PostgreSQL. */
@EnabledIfSystemProperty(named = "hotpod.test.database", matches = "postgresql")
final class TestDatabaseCopy {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String DONE =
      """
      heat_template_version: 2018-08-31
      resources:
        random: {type: OS::Heat::RandomString}
        group:
          type: OS::Heat::ResourceGroup
          properties: {count: 2, resource_def: {type: OS::Heat::Value, properties: {value: "%index%"}}}
      """;
  private static final String WAITS =
      """
      heat_template_version: 2018-08-31
      resources:
        handle: {type: OS::Heat::WaitConditionHandle}
        wait:
          type: OS::Heat::WaitCondition
          properties: {handle: {get_resource: handle}, timeout: 600}
      """;

  @TempDir private Path directory;

  private EngineSettings source() {
    return new EngineSettings(
        directory.resolve("sqlite"), Clock.systemUTC(), () -> UUID.randomUUID().toString());
  }

  private EngineFixture open(DatabaseSettings database) {
    EngineFixture fixture = new EngineFixture(directory.resolve("sqlite"), database);
    fixture.engine().reachableAt(URI.create("http://127.0.0.1:8004"));
    return fixture;
  }

  private static ObjectNode signal() {
    return JsonMapper.shared().readValue("{\"data\":\"here\"}", ObjectNode.class);
  }

  @Test
  void everythingGoesOnInTheCopy() throws IOException {
    String done;
    String waits;
    String random;
    String config;
    Enrolment enrolment;
    int events;
    try (EngineFixture engine = open(new DatabaseSettings.Embedded())) {
      done = engine.create("done", DONE).id();
      random = engine.attribute(done, "random", "value");
      events = engine.stacks().events(CALLER, done, EventFilter.ALL).size();
      waits = engine.stacks().create(CALLER, EngineFixture.request("waits", WAITS)).id();
      engine.until(waits, stack -> engine.stacks().resources(CALLER, stack.id()).size() == 2);
      config =
          engine
              .engine()
              .software()
              .createConfig(
                  CALLER,
                  new SoftwareService.ConfigRequest(
                      "script",
                      "script",
                      JSON.stringNode("echo"),
                      JSON.arrayNode(),
                      JSON.arrayNode(),
                      JSON.objectNode()))
              .id();
      String token =
          engine.engine().instances().createJoinToken(CALLER, Duration.ofMinutes(5)).secret();
      enrolment = engine.engine().instances().enrol(token, "machine");
    }
    DatabaseSettings.Postgresql target = DatabaseFixture.postgresql(directory);

    Map<String, Long> rows = DatabaseMaintenance.copy(source(), target);

    assertThat(rows)
        .doesNotContainKey("server")
        .containsEntry("instance", 1L)
        .containsEntry("software_config", 1L);
    assertThat(rows.get("stack")).isEqualTo(3);
    assertThatThrownBy(() -> DatabaseMaintenance.copy(source(), target))
        .as("a copy is not copied over")
        .hasMessageContaining("is not empty");
    Files.copy(source().secretsKeyFile(), DatabaseFixture.keyFile(target, directory));
    try (EngineFixture engine = open(target)) {
      assertThat(engine.attribute(done, "random", "value")).isEqualTo(random);
      assertThat(engine.stacks().events(CALLER, done, EventFilter.ALL)).hasSize(events);
      assertThat(engine.engine().software().config(CALLER, config).name()).isEqualTo("script");
      assertThat(engine.engine().instances().list(CALLER)).hasSize(1);
      assertThat(
              engine
                  .engine()
                  .instances()
                  .authenticate(enrolment.instanceId(), enrolment.credential())
                  .isGood())
          .as("agents need no new credentials")
          .isTrue();
      assertThat(engine.update(done, DONE.replace("count: 2", "count: 3")).combinedStatus())
          .isEqualTo("UPDATE_COMPLETE");
      assertThat(engine.stacks().events(CALLER, done, EventFilter.ALL)).hasSizeGreaterThan(events);
      engine.stacks().signal(CALLER, waits, "handle", signal());
      Stack ended = engine.settled(waits);
      assertThat(ended.status()).as(ended.statusReason()).isEqualTo(Status.COMPLETE);
      assertThatThrownBy(() -> DatabaseMaintenance.copy(source(), target))
          .hasMessageContaining("uses the state directory");
    }
  }

  @Test
  void theDatabaseOfAServerIsNotCopiedInto() {
    open(new DatabaseSettings.Embedded()).close();
    DatabaseSettings.Postgresql target = DatabaseFixture.postgresql(directory);
    try (EngineFixture server = new EngineFixture(directory.resolve("other"), target)) {
      assertThat(server.stacks()).isNotNull();
      assertThatThrownBy(() -> DatabaseMaintenance.copy(source(), target))
          .hasMessageContaining("a Hotpod server runs on the database");
    }
    assertThatThrownBy(() -> DatabaseMaintenance.copy(source(), target))
        .hasMessageContaining("is not empty");
  }

  @Test
  void aDirectoryWithoutADatabaseIsRefused() {
    DatabaseSettings.Postgresql target = DatabaseFixture.postgresql(directory);

    assertThatThrownBy(() -> DatabaseMaintenance.copy(source(), target))
        .hasMessageContaining("there is no database in the state directory");
  }
}
