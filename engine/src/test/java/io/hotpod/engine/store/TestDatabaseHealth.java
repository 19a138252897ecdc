package io.hotpod.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full. */
final class TestDatabaseHealth {
  private static final String FILL =
      "INSERT INTO guest_object (container, name, content, modified_at)"
          + " VALUES (:container, :name, :content, 0)";

  @TempDir private Path directory;

  private static void write(Database database, int number) {
    database
        .writer()
        .write(
            handle ->
                handle
                    .createUpdate(FILL)
                    .bind("container", "c")
                    .bind("name", "object " + number)
                    .bind("content", "x".repeat(20_000))
                    .execute());
  }

  private static int count(Database database) {
    return database.read(
        handle -> handle.createQuery("SELECT COUNT(*) FROM guest_object").mapTo(int.class).one());
  }

  private static void limit(Database database, int pages) {
    database.writer().aside(handle -> handle.execute("PRAGMA max_page_count = " + pages));
  }

  @Test
  void aFullDiskIsToldAndNothingIsLost() {
    try (Database database =
        Database.open(
            new DatabaseSettings.Embedded(),
            directory.resolve("test.db"),
            directory.resolve("secrets.key"))) {
      limit(database, 200);
      int written = 0;
      DatabaseAwayException full = null;
      while (full == null && written < 1_000) {
        try {
          write(database, written);
          written++;
        } catch (DatabaseAwayException e) {
          full = e;
        }
      }

      assertThat(full).hasMessageContaining("the disk is full");
      assertThat(database.problem()).hasValueSatisfying(why -> assertThat(why).contains("full"));
      assertThat(count(database)).as("what was written can be read").isEqualTo(written);
      assertThatThrownBy(() -> write(database, 5_000)).isInstanceOf(DatabaseAwayException.class);

      limit(database, 100_000);
      Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> database.problem().isEmpty());
      write(database, 6_000);
      assertThat(count(database)).isEqualTo(written + 1);
    }
  }

  @Test
  void aStatementThatIsWrongSaysNothingOfTheDatabase() {
    try (Database database =
        Database.open(
            new DatabaseSettings.Embedded(),
            directory.resolve("test.db"),
            directory.resolve("secrets.key"))) {
      assertThatThrownBy(() -> database.writer().write(handle -> handle.execute("nonsense")))
          .isNotInstanceOf(DatabaseAwayException.class);
      write(database, 1);
      assertThatThrownBy(() -> write(database, 1))
          .as("one that is there already")
          .isNotInstanceOf(DatabaseAwayException.class);
      assertThat(database.problem()).isEmpty();
    }
  }
}
