package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackRequest;
import io.hotpod.engine.stack.Status;
import io.hotpod.template.environment.EnvironmentLayers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that dies when an update has just taken over from a create with stacks inside. */
final class TestSupersededInside {
  private static final String INNER =
      """
      heat_template_version: 2021-04-16
      resources:
        one: {type: %s, properties: {value: a, slow: true}}
      """
          .formatted(ThingType.CHOSEN);

  private final OutsideWorld world = new OutsideWorld();
  private @TempDir Path directory;

  private Engine open(DyingCommits process) {
    return Engines.open(
        new EngineSettings(directory, Clock.systemUTC(), () -> UUID.randomUUID().toString()),
        process,
        ThingType.both(() -> world, process));
  }

  private static StackRequest request(String description) {
    return new StackRequest(
        Optional.of("s"),
        Optional.of(
            """
            heat_template_version: 2021-04-16
            description: %s
            resources:
              inside: {type: inner.yaml}
            """
                .formatted(description)),
        "template",
        Map.of("inner.yaml", INNER),
        new EnvironmentLayers(List.of(), Map.of()),
        Set.of(),
        Optional.empty(),
        Optional.of(true),
        Optional.empty());
  }

  @Test
  void whatTheCreateBeganInsideIsOverWhenTheUpdateIs() {
    DyingCommits first = new DyingCommits();
    String id;
    try (Engine engine = open(first)) {
      id = engine.stacks().create(CALLER, request("before")).id();
      await().until(world::anybodyWaits);
      first.dieAt(1, true);
      assertThatThrownBy(() -> engine.stacks().update(CALLER, id, request("after")))
          .isInstanceOf(DyingCommits.Died.class);
      world.processDied();
    }

    try (Engine engine = open(new DyingCommits())) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                world.release();
                Stack now = engine.stacks().find(CALLER, id);
                return now.status() != Status.IN_PROGRESS;
              });

      assertThat(engine.stacks().find(CALLER, id).combinedStatus()).isEqualTo("UPDATE_COMPLETE");
      await().atMost(Duration.ofSeconds(60)).until(() -> unfinished() == 0);
    }
  }

  @Test
  void whatTheCreateBeganInsideIsOverWhenASuspendThatTookOverHasFailed() {
    DyingCommits first = new DyingCommits();
    String id;
    try (Engine engine = open(first)) {
      id = engine.stacks().create(CALLER, request("before")).id();
      await().until(world::anybodyWaits);
      first.dieAt(1, true);
      assertThatThrownBy(() -> engine.stacks().suspend(CALLER, id))
          .isInstanceOf(DyingCommits.Died.class);
      world.processDied();
    }

    try (Engine engine = open(new DyingCommits())) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> engine.stacks().find(CALLER, id).status() != Status.IN_PROGRESS);

      assertThat(engine.stacks().find(CALLER, id).combinedStatus()).isEqualTo("SUSPEND_FAILED");
      await().atMost(Duration.ofSeconds(60)).until(() -> unfinished() == 0);
      String inside = engine.stacks().resource(CALLER, id, "inside").nestedStackId().orElseThrow();
      assertThat(engine.stacks().find(CALLER, inside).combinedStatus()).isEqualTo("CREATE_FAILED");
      assertThat(engine.stacks().resource(CALLER, inside, "one").combinedStatus())
          .isEqualTo("CREATE_FAILED");
      assertThat(engine.stacks().resource(CALLER, id, "inside").combinedStatus())
          .isEqualTo("CREATE_FAILED");
    }
  }

  @Test
  void anUpdateTakesOverACheckThatHadNotComeToTheInside() throws SQLException {
    String id;
    String inside;
    try (Engine engine = open(new DyingCommits())) {
      id = engine.stacks().create(CALLER, request("before")).id();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                world.release();
                return engine.stacks().find(CALLER, id).status() == Status.COMPLETE;
              });
      inside = engine.stacks().resource(CALLER, id, "inside").nestedStackId().orElseThrow();
    }
    execute("UPDATE resource SET action = 'CHECK', status = 'IN_PROGRESS' WHERE name = 'inside'");

    try (Engine engine = open(new DyingCommits())) {
      engine.stacks().update(CALLER, id, request("after"));

      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> engine.stacks().find(CALLER, id).status() != Status.IN_PROGRESS);
      Stack updated = engine.stacks().find(CALLER, id);
      assertThat(updated.combinedStatus()).as(updated.statusReason()).isEqualTo("UPDATE_COMPLETE");
      assertThat(engine.stacks().resource(CALLER, inside, "one").combinedStatus())
          .isEqualTo("CREATE_COMPLETE");
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("hotpod.db"));
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private int unfinished() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("hotpod.db"));
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT count(*) FROM operation WHERE finished_at IS NULL")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
