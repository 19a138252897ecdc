package io.hotpod.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.engine.Engine;
import io.hotpod.engine.EngineSettings;
import io.hotpod.engine.Engines;
import io.hotpod.engine.event.EventFilter;
import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackRequest;
import io.hotpod.engine.stack.Status;
import io.hotpod.template.environment.EnvironmentLayers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TestMigrations {
  private static final String ID = "11111111-2222-3333-4444-555555555555";
  private static final Caller CALLER = Caller.of("default");
  private static final String TEMPLATE =
      """
      heat_template_version: 2021-04-16
      parameters: {who: {type: string}}
      resources:
        one: {type: OS::Heat::TestResource, properties: {value: {get_file: greeting.txt}}}
        two: {type: OS::Heat::TestResource, properties: {value: {get_param: who}}}
      """;

  private @TempDir Path directory;

  /** A database as the first release left it, with a stack in it. */
  private void fillAnOldOne() throws SQLException {
    String url = "jdbc:sqlite:" + directory.resolve("hotpod.db");
    Flyway.configure()
        .dataSource(url, "", "")
        .locations("classpath:db/migration/sqlite")
        .target("1")
        .load()
        .migrate();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO definition (id, template_name, template, files, environment) VALUES
            ('d', 'old.yaml', '%s', '{"greeting.txt":"hello"}',
             '{"parameters":{"who":"world"},"parameterDefaults":{}}')
          """
              .formatted(TEMPLATE));
      statement.execute(
          """
          INSERT INTO stack (id, project, name, action, status, status_reason, description,
            created_at, disable_rollback, tags, definition_id, operation_id, fence)
          VALUES ('%s', 'default', 'old', 'CREATE', 'COMPLETE',
            'Stack CREATE completed successfully', '', 1, TRUE, '[]', 'd', 'o', 1)
          """
              .formatted(ID));
      for (String name : List.of("one", "two")) {
        statement.execute(
            """
            INSERT INTO resource (id, stack_id, name, type, incarnation, physical_id, action,
              status, status_reason, token, properties, data, requires, definition_id,
              operation_id, retain, created_at, updated_at)
            VALUES ('%1$s', '%2$s', '%1$s', 'OS::Heat::TestResource', 1, '%1$s', 'CREATE',
              'COMPLETE', 'state changed', 'token', '{"value":"%3$s","wait_secs":0,"fail":false,"update_replace":false}', '{}', '[]',
              'd', 'o', FALSE, 1, 1)
            """
                .formatted(name, ID, name.equals("one") ? "hello" : "world"));
      }
    }
  }

  @Test
  void whatAnOlderReleaseWroteInClearIsEncryptedAtTheFirstStart() throws SQLException {
    fillAnOldOne();
    DatabaseSettings embedded = new DatabaseSettings.Embedded();
    assertThat(DatabaseContent.of(embedded, directory)).contains("\"world\"", "hello");
    EngineSettings settings =
        new EngineSettings(directory, Clock.systemUTC(), () -> UUID.randomUUID().toString());

    Engines.open(settings).close();

    assertThat(DatabaseContent.of(embedded, directory))
        .contains("old.yaml")
        .doesNotContain("\"world\"", "hello", "heat_template_version");
    try (Engine engine = Engines.open(settings)) {
      assertThat(engine.stacks().definition(CALLER, ID).files())
          .containsEntry("greeting.txt", "hello");
      assertThat(engine.stacks().attributes(CALLER, ID, "two").path("output").asString())
          .isEqualTo("world");
    }
  }

  private static StackRequest patch(Map<String, tools.jackson.databind.JsonNode> parameters) {
    return new StackRequest(
        Optional.empty(),
        Optional.empty(),
        "template",
        Map.of(),
        new EnvironmentLayers(List.of(), parameters),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void aStackOfTheFirstReleaseIsUpdatedByThisOne() throws SQLException {
    fillAnOldOne();
    EngineSettings settings =
        new EngineSettings(directory, Clock.systemUTC(), () -> UUID.randomUUID().toString());
    try (Engine engine = Engines.open(settings)) {
      assertThat(engine.stacks().definition(CALLER, ID).files())
          .containsEntry("greeting.txt", "hello");

      engine
          .stacks()
          .patch(
              CALLER,
              ID,
              patch(
                  Map.of(
                      "who",
                      tools.jackson.databind.node.JsonNodeFactory.instance.stringNode("moon"))));

      Stack updated =
          Awaitility.await()
              .atMost(Duration.ofSeconds(20))
              .until(
                  () -> engine.stacks().find(CALLER, ID),
                  stack -> stack.status() != Status.IN_PROGRESS);
      assertThat(updated.combinedStatus()).as(updated.statusReason()).isEqualTo("UPDATE_COMPLETE");
      assertThat(engine.stacks().attributes(CALLER, ID, "two").path("output").asString())
          .isEqualTo("moon");
      assertThat(
              engine.stacks().events(CALLER, ID, EventFilter.ALL).stream()
                  .map(event -> event.resourceName()))
          .as("what did not change is left alone")
          .doesNotContain("one");
    }
  }
}
