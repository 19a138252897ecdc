package io.hotpod.engine.store;

import io.hotpod.engine.stack.StackDefinition;
import io.hotpod.pod.PodJson;
import io.hotpod.template.environment.Environment;
import io.hotpod.template.environment.EnvironmentJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.node.ObjectNode;

/** Templates with their files and environments, as they were asked for. */
public final class DefinitionTable {
  private DefinitionTable() {}

  public static void insert(Handle handle, StackDefinition definition) {
    String files = PodJson.write(new TreeMap<>(definition.files()));
    String digest = ContentDigest.of(files);
    handle
        .createUpdate(
            """
            INSERT INTO file_set (digest, content) VALUES (:digest, :content)
            ON CONFLICT (digest) DO NOTHING
            """)
        .bind("digest", digest)
        .bind("content", files)
        .execute();
    handle
        .createUpdate(
            """
            INSERT INTO definition (id, template_name, template, file_set, environment, facade)
            VALUES (:id, :templateName, :template, :fileSet, :environment, :facade)
            ON CONFLICT (id) DO NOTHING
            """)
        .bind("id", definition.id())
        .bind("templateName", definition.templateName())
        .bind("template", definition.template())
        .bind("fileSet", digest)
        .bind("environment", EnvironmentJson.write(definition.environment()).toString())
        .bind("facade", definition.facade().map(FacadeColumn::write).orElse(null))
        .execute();
  }

  public static Optional<StackDefinition> find(Handle handle, String id) {
    return handle
        .createQuery(
            """
            SELECT definition.*, file_set.content AS files FROM definition
            JOIN file_set ON file_set.digest = definition.file_set WHERE definition.id = :id
            """)
        .bind("id", id)
        .map((row, context) -> read(row))
        .findOne();
  }

  /** Drops the definitions that no stack and no unfinished operation names any more. */
  public static void deleteUnused(Handle handle, String id) {
    handle
        .createQuery("SELECT file_set FROM definition WHERE id = :id")
        .bind("id", id)
        .mapTo(String.class)
        .findOne()
        .ifPresent(digest -> deleteUnused(handle, id, digest));
  }

  private static void deleteUnused(Handle handle, String id, String digest) {
    handle
        .createUpdate(
            """
            DELETE FROM definition WHERE id = :id
              AND NOT EXISTS (SELECT 1 FROM stack
                WHERE definition_id = :id OR previous_definition_id = :id)
              AND NOT EXISTS (SELECT 1 FROM snapshot WHERE definition_id = :id)
              AND NOT EXISTS (SELECT 1 FROM operation
                WHERE definition_id = :id AND finished_at IS NULL)
            """)
        .bind("id", id)
        .execute();
    handle
        .createUpdate(
            """
            DELETE FROM file_set WHERE digest = :digest
              AND NOT EXISTS (SELECT 1 FROM definition WHERE file_set = :digest)
            """)
        .bind("digest", digest)
        .execute();
  }

  private static StackDefinition read(ResultSet row) throws SQLException {
    return new StackDefinition(
        row.getString("id"),
        row.getString("template_name"),
        row.getString("template"),
        Columns.textMap(row, "files"),
        environment(Columns.object(row, "environment")),
        Columns.optionalText(row, "facade").map(FacadeColumn::read));
  }

  /** An older program called one section by its own name. */
  private static Environment environment(ObjectNode stored) {
    if (stored.has("parameterDefaults")) {
      stored.set("parameter_defaults", stored.remove("parameterDefaults"));
    }
    return EnvironmentJson.read(stored);
  }
}
