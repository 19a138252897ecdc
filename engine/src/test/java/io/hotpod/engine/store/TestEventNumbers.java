package io.hotpod.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.engine.event.Event;
import io.hotpod.engine.event.EventFilter;
import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Status;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who follows events says where it is by a number. */
class TestEventNumbers {
  private static final String STACK = "stack";

  private @TempDir Path directory;

  @Test
  void theNumberOfADeletedEventIsNeverUsedAgain() {
    try (Database database = DatabaseFixture.open(directory)) {
      add(database, "a");
      add(database, "b");
      long newest = numbers(database).getLast();
      database.writer().write(handle -> handle.execute("DELETE FROM event"));

      add(database, "c");

      assertThat(numbers(database))
          .singleElement()
          .satisfies(next -> assertThat(next).isGreaterThan(newest));
    }
  }

  @Test
  void eventsOfAnOlderReleaseKeepTheirNumbersAndNewOnesGoOnFromThem() throws SQLException {
    Path file = directory.resolve("old.db");
    String url = "jdbc:sqlite:" + file;
    Flyway.configure()
        .dataSource(url, "", "")
        .locations("classpath:db/migration/sqlite")
        .target("8")
        .load()
        .migrate();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO event (number, id, stack_id, time, resource_name, resource_type, physical_id,
            action, status, reason)
          VALUES (3, 'a', 'stack', 1, '', '', '', 'CREATE', 'COMPLETE', ''),
            (7, 'b', 'stack', 1, '', '', '', 'CREATE', 'COMPLETE', '')
          """);
    }
    try (Database database = Database.sqlite(file)) {
      assertThat(numbers(database)).containsExactly(3L, 7L);
      database.writer().write(handle -> handle.execute("DELETE FROM event WHERE number = 7"));

      add(database, "c");

      assertThat(numbers(database)).containsExactly(3L, 8L);
    }
  }

  private static void add(Database database, String id) {
    database
        .writer()
        .write(
            handle -> {
              EventTable.insert(
                  handle,
                  new Event(
                      id, 0, STACK, Instant.EPOCH, "", "", "", Action.CREATE, Status.COMPLETE, ""));
              return true;
            });
  }

  private static List<Long> numbers(Database database) {
    return database.read(
        handle ->
            EventTable.list(handle, STACK, EventFilter.ALL).stream()
                .map(Event::number)
                .sorted()
                .toList());
  }
}
