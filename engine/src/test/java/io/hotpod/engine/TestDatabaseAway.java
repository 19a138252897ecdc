package io.hotpod.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotpod.engine.event.EventFilter;
import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.Status;
import io.hotpod.engine.store.DatabaseAwayException;
import io.hotpod.engine.store.DatabaseSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A PostgreSQL that stops under a running engine, and starts again. */
@EnabledIfSystemProperty(named = "hotpod.test.database", matches = "postgresql")
final class TestDatabaseAway {
  private static final String WAITS =
      """
      heat_template_version: 2018-08-31
      resources:
        handle: {type: OS::Heat::WaitConditionHandle}
        wait:
          type: OS::Heat::WaitCondition
          properties: {handle: {get_resource: handle}, timeout: 600}
        after: {type: OS::Heat::Value, depends_on: wait, properties: {value: {get_attr: [wait, data]}}}
      """;

  @TempDir private Path directory;

  /**
   * A PostgreSQL in the test's directory.
   *
   * @param port 0 for a free one
   */
  private EmbeddedPostgres postgresql(int port) throws IOException {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setPGStartupWait(Duration.ofSeconds(60))
            .setServerConfig("fsync", "off")
            .setCleanDataDirectory(false)
            .setDataDirectory(directory.resolve("data"));
    return (port == 0 ? builder : builder.setPort(port)).start();
  }

  private static ObjectNode signal() {
    return JsonMapper.shared().readValue("{\"data\":\"here\"}", ObjectNode.class);
  }

  private static boolean waits(EngineFixture engine, String stackId) {
    return engine.stacks().resources(EngineFixture.CALLER, stackId).stream()
        .anyMatch(resource -> resource.name().equals("wait") && resource.action() == Action.CREATE);
  }

  @Test
  void requestsFailSoonAndRunningWorkGoesOnWhenItIsBack() throws IOException {
    Path password =
        Files.createFile(
            directory.resolve("password"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(password, "postgres\n");
    EmbeddedPostgres postgres = postgresql(0);
    int port = postgres.getPort();
    DatabaseSettings database =
        new DatabaseSettings.Postgresql(
            "jdbc:postgresql://localhost:%d/postgres".formatted(port), "postgres", password);
    try (EngineFixture engine = new EngineFixture(directory.resolve("state"), database)) {
      engine.engine().reachableAt(URI.create("http://127.0.0.1:8004"));
      Stack stack = engine.stacks().create(EngineFixture.CALLER, EngineFixture.request("s", WAITS));
      engine.until(stack.id(), now -> waits(engine, stack.id()));
      assertThat(engine.engine().problem()).isEmpty();

      postgres.close();
      long begin = System.nanoTime();
      assertThatThrownBy(() -> engine.stacks().find(EngineFixture.CALLER, stack.id()))
          .isInstanceOf(DatabaseAwayException.class);
      assertThatThrownBy(
              () -> engine.stacks().create(EngineFixture.CALLER, EngineFixture.request("t", WAITS)))
          .isInstanceOf(DatabaseAwayException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
      assertThat(engine.engine().problem()).isPresent();

      postgres = postgresql(port);
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> engine.engine().problem().isEmpty());
      engine.stacks().signal(EngineFixture.CALLER, stack.id(), "handle", signal());

      Stack ended =
          Awaitility.await()
              .atMost(Duration.ofSeconds(90))
              .until(
                  () -> engine.stacks().find(EngineFixture.CALLER, stack.id()),
                  now -> now.status() != Status.IN_PROGRESS);
      assertThat(ended.status()).as(ended.statusReason()).isEqualTo(Status.COMPLETE);
      assertThat(engine.attribute(stack.id(), "after", "value")).contains("here");
      assertThat(engine.stacks().events(EngineFixture.CALLER, stack.id(), EventFilter.ALL))
          .as("nothing failed because the database was away")
          .noneMatch(event -> event.status() == Status.FAILED);
    } finally {
      postgres.close();
    }
  }
}
