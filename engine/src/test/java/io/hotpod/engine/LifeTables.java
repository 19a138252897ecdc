package io.hotpod.engine;

import io.hotpod.engine.store.DatabaseSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What lives have written down, read past the engine. */
final class LifeTables {
  private final Path directory;
  private final DatabaseSettings database;

  LifeTables(Path directory, DatabaseSettings database) {
    this.directory = directory;
    this.database = database;
  }

  /** One row of the table of resources. */
  record Row(
      String id,
      String stackId,
      String resource,
      String type,
      Optional<String> physicalId,
      Optional<String> token,
      String state,
      String reason) {}

  /** A breakpoint that a running operation waits at. */
  record Pause(String stackId, String resource, String hook) {}

  List<Row> resources() {
    return query(
        "SELECT * FROM resource",
        row ->
            new Row(
                row.getString("id"),
                row.getString("stack_id"),
                row.getString("name"),
                row.getString("type"),
                Optional.ofNullable(row.getString("physical_id")),
                Optional.ofNullable(row.getString("token")),
                row.getString("action") + "_" + row.getString("status"),
                row.getString("status_reason")));
  }

  /** What is not over yet. */
  List<String> operations() {
    return query(
        "SELECT * FROM operation WHERE finished_at IS NULL",
        row -> row.getString("action") + " " + row.getString("state"));
  }

  List<Pause> pauses() {
    return query(
        """
        SELECT operation.stack_id, hook.resource_name, hook.hook FROM hook
        JOIN operation ON operation.id = hook.operation_id
        WHERE operation.finished_at IS NULL AND NOT hook.cleared
        """,
        row -> new Pause(row.getString(1), row.getString(2), row.getString(3)));
  }

  /** Lets the time pass until those who died count as dead, where others could be alive. */
  void forgetOwners() {
    if (database instanceof DatabaseSettings.Postgresql) {
      try (Connection connection = connect();
          Statement statement = connection.createStatement()) {
        statement.execute(
            """
            UPDATE scheduled_tasks SET picked = FALSE, picked_by = NULL, last_heartbeat = NULL,
              version = version + 1
            """);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private <T> List<T> query(String sql, RowReader<T> reader) {
    List<T> found = new ArrayList<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(reader.read(rows));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return found;
  }

  private Connection connect() throws SQLException {
    return switch (database) {
      case DatabaseSettings.Embedded embedded ->
          DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("hotpod.db"));
      case DatabaseSettings.Postgresql postgresql ->
          DriverManager.getConnection(postgresql.url(), postgresql.user(), "postgres");
    };
  }
}
