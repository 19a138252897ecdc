package io.hotpod.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every update runs at its end does not grow with what there is. */
final class TestDefinitionStatements {
  private @TempDir Path directory;

  @Test
  void whatAnUpdateLeavesIsFoundByItsKeys() throws SQLException {
    String url = "jdbc:sqlite:" + directory.resolve("plans.db");
    Flyway.configure()
        .dataSource(url, "", "")
        .locations("classpath:db/migration/sqlite")
        .load()
        .migrate();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String sql :
          List.of(DefinitionTable.DELETE_UNUSED, DefinitionTable.DELETE_UNUSED_FILES)) {
        List<String> steps = new ArrayList<>();
        try (ResultSet plan =
            statement.executeQuery("EXPLAIN QUERY PLAN " + sql.replaceAll(":[a-zA-Z]+", "'x'"))) {
          while (plan.next()) {
            steps.add(plan.getString("detail"));
          }
        }
        assertThat(steps)
            .isNotEmpty()
            .anyMatch(step -> step.startsWith("SEARCH"))
            .noneMatch(step -> step.startsWith("SCAN") && !step.equals("SCAN CONSTANT ROW"));
      }
    }
  }
}
