package io.hotpod.engine.store;

import io.hotpod.engine.stack.Environment;
import io.hotpod.engine.stack.StackDefinition;
import io.hotpod.pod.PodJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;

/** Templates with their files and environments, as they were asked for. */
public final class DefinitionTable {
  private DefinitionTable() {}

  public static void insert(Handle handle, StackDefinition definition) {
    handle
        .createUpdate(
            """
            INSERT INTO definition (id, template_name, template, files, environment)
            VALUES (:id, :templateName, :template, :files, :environment)
            """)
        .bind("id", definition.id())
        .bind("templateName", definition.templateName())
        .bind("template", definition.template())
        .bind("files", PodJson.write(definition.files()))
        .bind("environment", PodJson.write(definition.environment()))
        .execute();
  }

  public static Optional<StackDefinition> find(Handle handle, String id) {
    return handle
        .createQuery("SELECT * FROM definition WHERE id = :id")
        .bind("id", id)
        .map((row, context) -> read(row))
        .findOne();
  }

  /** Drops the definitions that no stack and no unfinished operation names any more. */
  public static void deleteUnused(Handle handle, String id) {
    handle
        .createUpdate(
            """
            DELETE FROM definition WHERE id = :id
              AND NOT EXISTS (SELECT 1 FROM stack
                WHERE definition_id = :id OR previous_definition_id = :id)
              AND NOT EXISTS (SELECT 1 FROM operation
                WHERE definition_id = :id AND finished_at IS NULL)
            """)
        .bind("id", id)
        .execute();
  }

  private static StackDefinition read(ResultSet row) throws SQLException {
    JsonNode environment = Columns.object(row, "environment");
    Map<String, JsonNode> parameters = Columns.values(environment.path("parameters"));
    Map<String, JsonNode> defaults = Columns.values(environment.path("parameterDefaults"));
    return new StackDefinition(
        row.getString("id"),
        row.getString("template_name"),
        row.getString("template"),
        Columns.textMap(row, "files"),
        new Environment(parameters, defaults));
  }
}
