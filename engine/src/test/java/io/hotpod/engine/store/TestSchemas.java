package io.hotpod.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A migration for one database is one for each. */
@EnabledIfSystemProperty(named = "hotpod.test.database", matches = "postgresql")
final class TestSchemas {
  private static final String VERSIONS =
      "SELECT version || ' ' || description FROM flyway_schema_history ORDER BY installed_rank";

  @TempDir private Path directory;

  private static List<String> rows(Database database, String sql) {
    return database.read(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }

  @Test
  void bothDatabasesHaveTheSameTablesAndColumns() {
    try (Database sqlite = Database.sqlite(directory.resolve("test.db"));
        Database postgresql = Database.postgresql(DatabaseFixture.postgresql(directory))) {
      assertThat(rows(postgresql, VERSIONS)).isEqualTo(rows(sqlite, VERSIONS));
      assertThat(
              rows(
                  postgresql,
                  """
                  SELECT table_name || '.' || column_name FROM information_schema.columns
                  WHERE table_schema = 'public' AND table_name <> 'flyway_schema_history'
                  """))
          .containsExactlyInAnyOrderElementsOf(
              rows(
                  sqlite,
                  """
                  SELECT m.name || '.' || c.name
                  FROM sqlite_master m JOIN pragma_table_info(m.name) c
                  WHERE m.type = 'table' AND m.name <> 'flyway_schema_history'
                    AND m.name NOT LIKE 'sqlite_%'
                  """));
    }
  }

  @Test
  void bothDatabasesHaveTheSameIndexes() {
    try (Database sqlite = Database.sqlite(directory.resolve("test.db"));
        Database postgresql = Database.postgresql(DatabaseFixture.postgresql(directory))) {
      assertThat(
              rows(
                  postgresql,
                  """
                  SELECT indexname FROM pg_indexes WHERE schemaname = 'public'
                    AND tablename <> 'flyway_schema_history'
                    AND indexname NOT LIKE '%_pkey' AND indexname NOT LIKE '%_key'
                  """))
          .containsExactlyInAnyOrderElementsOf(
              rows(
                  sqlite,
                  """
                  SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL
                    AND tbl_name <> 'flyway_schema_history'
                  """));
    }
  }
}
