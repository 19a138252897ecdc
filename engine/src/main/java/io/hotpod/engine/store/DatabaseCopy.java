package io.hotpod.engine.store;

import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Copies every row of one database into an empty other one, in one transaction of each: after a
 * crash the other is as empty as before. What is encrypted stays as it is, under the same key.
 */
final class DatabaseCopy {
  private static final int BATCH = 500;

  /** What each database keeps for itself. */
  private static final Set<String> OWN =
      Set.of("flyway_schema_history", "scheduled_tasks", "server");

  private final Handle source;
  private final Handle target;

  DatabaseCopy(Handle source, Handle target) {
    this.source = source;
    this.target = target;
  }

  private enum Kind {
    TEXT,
    NUMBER,
    TRUTH
  }

  private record Column(String name, Kind kind) {}

  /**
   * Copies.
   *
   * @param queue how the target's scheduler stores what is to be done
   * @return how many rows each table has
   * @throws IllegalStateException when the target is not empty
   */
  Map<String, Long> copy(JdbcCustomization queue, Instant now) {
    Map<String, List<Column>> tables = tables();
    requireEmpty(tables.keySet());
    Map<String, Long> rows = new LinkedHashMap<>();
    tables.forEach(
        (table, columns) -> {
          copy(table, columns);
          rows.put(table, verified(table));
        });
    numberEventsAfter(newestEvent());
    for (String operation : queued()) {
      SchedulerTable.enqueue(target, queue, OperationTable.TASK, operation, now);
    }
    return rows;
  }

  /** The tables of the target with their columns; a test sees that the source has the same. */
  private Map<String, List<Column>> tables() {
    Map<String, List<Column>> tables = new LinkedHashMap<>();
    target
        .createQuery(
            """
            SELECT table_name, column_name, data_type FROM information_schema.columns
            WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position
            """)
        .map(
            (row, context) ->
                Map.entry(
                    row.getString("table_name"),
                    new Column(row.getString("column_name"), kind(row.getString("data_type")))))
        .stream()
        .filter(column -> !OWN.contains(column.getKey()))
        .forEach(
            column ->
                tables
                    .computeIfAbsent(column.getKey(), name -> new ArrayList<>())
                    .add(column.getValue()));
    return tables;
  }

  private static Kind kind(String type) {
    return switch (type) {
      case "boolean" -> Kind.TRUTH;
      case "bigint", "integer", "smallint" -> Kind.NUMBER;
      default -> Kind.TEXT;
    };
  }

  private void requireEmpty(Set<String> tables) {
    for (String table : tables) {
      long rows = count(target, table);
      if (rows > 0) {
        throw new IllegalStateException(
            "the database to copy to is not empty: its table %s has %,d rows; a copy that was"
                    .formatted(table, rows)
                + " broken off leaves none, so this is the database of a server, or a copy that is"
                + " complete");
      }
    }
  }

  private static long count(Handle handle, String table) {
    return handle.createQuery("SELECT COUNT(*) FROM " + table).mapTo(Long.class).one();
  }

  private void copy(String table, List<Column> columns) {
    String names = columns.stream().map(Column::name).collect(Collectors.joining(", "));
    String places = columns.stream().map(column -> "?").collect(Collectors.joining(", "));
    PreparedBatch batch =
        target.prepareBatch("INSERT INTO %s (%s) VALUES (%s)".formatted(table, names, places));
    try (Stream<Integer> rows =
        source
            .createQuery("SELECT %s FROM %s".formatted(names, table))
            .map((row, context) -> add(batch, columns, row))
            .stream()) {
      rows.filter(size -> size >= BATCH).forEach(size -> batch.execute());
    }
    if (batch.size() > 0) {
      batch.execute();
    }
  }

  private static int add(PreparedBatch batch, List<Column> columns, ResultSet row)
      throws SQLException {
    for (int i = 0; i < columns.size(); i++) {
      switch (columns.get(i).kind()) {
        case TEXT -> batch.bind(i, row.getString(i + 1));
        case NUMBER -> {
          long number = row.getLong(i + 1);
          batch.bind(i, row.wasNull() ? null : Long.valueOf(number));
        }
        case TRUTH -> {
          boolean truth = row.getBoolean(i + 1);
          batch.bind(i, row.wasNull() ? null : Boolean.valueOf(truth));
        }
      }
    }
    batch.add();
    return batch.size();
  }

  private long verified(String table) {
    long wanted = count(source, table);
    long there = count(target, table);
    if (wanted != there) {
      throw new IllegalStateException(
          "of the %,d rows of %s %,d were copied; nothing is changed"
              .formatted(wanted, table, there));
    }
    return there;
  }

  /** The highest number that an event ever had, also one that is deleted. */
  private long newestEvent() {
    return source
        .createQuery("SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = 'event'")
        .mapTo(Long.class)
        .one();
  }

  private void numberEventsAfter(long newest) {
    target
        .createQuery("SELECT setval(pg_get_serial_sequence('event', 'number'), :next, FALSE)")
        .bind("next", newest + 1)
        .mapTo(Long.class)
        .one();
  }

  /** What was accepted and is not done; whoever had it in hand is gone. */
  private List<String> queued() {
    return source
        .createQuery("SELECT task_instance FROM scheduled_tasks WHERE task_name = :task")
        .bind("task", OperationTable.TASK)
        .mapTo(String.class)
        .list();
  }
}
