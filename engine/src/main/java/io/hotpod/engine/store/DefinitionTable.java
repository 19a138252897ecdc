package io.hotpod.engine.store;

import io.hotpod.engine.stack.StackDefinition;
import io.hotpod.pod.PodJson;
import io.hotpod.template.environment.Environment;
import io.hotpod.template.environment.EnvironmentJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import tools.jackson.databind.node.ObjectNode;

/** Templates with their files and environments, as they were asked for. */
public final class DefinitionTable {
  /** Files can hold passwords, so that their digest is one that others cannot make. */
  private static final String FILES = "files";

  /** How many operations may follow each other before the first has come to all that it changes. */
  private static final int LATEST = 8;

  /** Each update that comes to its end runs it, so it must find its rows by their keys. */
  static final String DELETE_UNUSED =
      """
      DELETE FROM definition WHERE id = :id
        AND NOT EXISTS (SELECT 1 FROM stack
          WHERE id = :stackId AND (definition_id = :id OR previous_definition_id = :id))
        AND NOT EXISTS (SELECT 1 FROM snapshot
          WHERE stack_id = :stackId AND definition_id = :id)
        AND NOT EXISTS (SELECT 1 FROM operation
          WHERE stack_id = :stackId AND definition_id = :id AND finished_at IS NULL)
      """;

  static final String DELETE_UNUSED_FILES =
      """
      DELETE FROM file_set WHERE digest = :digest
        AND NOT EXISTS (SELECT 1 FROM definition WHERE file_set = :digest)
      """;

  private DefinitionTable() {}

  public static void insert(Handle handle, StackDefinition definition) {
    String id = definition.id();
    String digest = insertFiles(handle, PodJson.write(new TreeMap<>(definition.files())));
    Later.update(
            handle,
            """
            INSERT INTO definition (id, template_name, template, file_set, environment, facade)
            VALUES (:id, :templateName, :template, :fileSet, :environment, :facade)
            ON CONFLICT (id) DO NOTHING
            """)
        .bind("id", id)
        .bind("templateName", definition.templateName())
        .bind("template", SealedColumn.DEFINITION_TEMPLATE.seal(handle, id, definition.template()))
        .bind("fileSet", digest)
        .bind(
            "environment",
            SealedColumn.DEFINITION_ENVIRONMENT.seal(
                handle, id, EnvironmentJson.write(definition.environment()).toString()))
        .bind(
            "facade",
            definition
                .facade()
                .map(FacadeColumn::write)
                .map(text -> SealedColumn.DEFINITION_FACADE.seal(handle, id, text))
                .orElse(null))
        .execute();
  }

  /**
   * Stores files; the same files are stored once.
   *
   * @return the name of the set
   */
  static String insertFiles(Handle handle, String files) {
    String digest = handle.getConfig(Sealing.class).digests().digest(FILES, files);
    Later.update(
            handle,
            """
            INSERT INTO file_set (digest, content) VALUES (:digest, :content)
            ON CONFLICT (digest) DO NOTHING
            """)
        .bind("digest", digest)
        .bind("content", SealedColumn.FILE_SET_CONTENT.seal(handle, digest, files))
        .execute();
    return digest;
  }

  public static Optional<StackDefinition> find(Handle handle, String id) {
    return handle
        .createQuery(
            """
            SELECT definition.*, file_set.content AS files FROM definition
            JOIN file_set ON file_set.digest = definition.file_set WHERE definition.id = :id
            """)
        .bind("id", id)
        .map(DefinitionTable::read)
        .findOne();
  }

  /**
   * The definitions of which something of a stack may still be, as far as they are kept: the one
   * that it has, the one before, those that its resources were modified by, and those of its latest
   * operations, since a resource that is being modified is of the one before still.
   */
  public static List<StackDefinition> standing(Handle handle, String stackId) {
    return handle
        .createQuery(
            """
            SELECT definition.*, file_set.content AS files FROM definition
            JOIN file_set ON file_set.digest = definition.file_set WHERE definition.id IN (
              SELECT definition_id FROM stack WHERE id = :stackId
              UNION SELECT previous_definition_id FROM stack WHERE id = :stackId
              UNION SELECT definition_id FROM resource WHERE stack_id = :stackId
              UNION SELECT definition_id FROM (
                SELECT definition_id FROM operation
                WHERE stack_id = :stackId AND definition_id IS NOT NULL
                ORDER BY accepted_at DESC LIMIT :latest) AS lately)
            """)
        .bind("stackId", stackId)
        .bind("latest", LATEST)
        .map(DefinitionTable::read)
        .list();
  }

  /**
   * Drops a definition that a stack has left, if neither the stack nor one of its snapshots or
   * unfinished operations names it. A definition is of one stack only, so no other is asked.
   */
  public static void deleteUnused(Handle handle, String stackId, String id) {
    handle
        .createQuery("SELECT file_set FROM definition WHERE id = :id")
        .bind("id", id)
        .mapTo(String.class)
        .findOne()
        .ifPresent(digest -> deleteUnused(handle, stackId, id, digest));
  }

  private static void deleteUnused(Handle handle, String stackId, String id, String digest) {
    handle.createUpdate(DELETE_UNUSED).bind("id", id).bind("stackId", stackId).execute();
    handle.createUpdate(DELETE_UNUSED_FILES).bind("digest", digest).execute();
  }

  /**
   * Drops some of the definitions that no stack, no snapshot and no unfinished operation names:
   * those of changes that failed, were overtaken, or concerned a stack inside that is gone.
   */
  static int deleteSomeUnused(Handle handle, int some) {
    return handle
        .createUpdate(
            """
            DELETE FROM definition WHERE id IN (
              SELECT id FROM definition WHERE id NOT IN (
                SELECT definition_id FROM stack
                UNION ALL SELECT previous_definition_id FROM stack
                  WHERE previous_definition_id IS NOT NULL
                UNION ALL SELECT definition_id FROM snapshot
                UNION ALL SELECT definition_id FROM operation
                  WHERE finished_at IS NULL AND definition_id IS NOT NULL)
              LIMIT :some)
            """)
        .bind("some", some)
        .execute();
  }

  /** Drops some of the files that no definition names. */
  static int deleteSomeUnusedFiles(Handle handle, int some) {
    return handle
        .createUpdate(
            """
            DELETE FROM file_set WHERE digest IN (
              SELECT digest FROM file_set WHERE digest NOT IN (SELECT file_set FROM definition)
              LIMIT :some)
            """)
        .bind("some", some)
        .execute();
  }

  private static StackDefinition read(ResultSet row, StatementContext context) throws SQLException {
    return new StackDefinition(
        row.getString("id"),
        row.getString("template_name"),
        SealedColumn.DEFINITION_TEMPLATE.open(context, row),
        Columns.textMap(
            SealedColumn.FILE_SET_CONTENT.open(
                context, row.getString("file_set"), row.getString("files"))),
        environment(Columns.object(SealedColumn.DEFINITION_ENVIRONMENT.open(context, row))),
        SealedColumn.DEFINITION_FACADE.openOptional(context, row).map(FacadeColumn::read));
  }

  /** An older program called one section by its own name. */
  private static Environment environment(ObjectNode stored) {
    if (stored.has("parameterDefaults")) {
      stored.set("parameter_defaults", stored.remove("parameterDefaults"));
    }
    return EnvironmentJson.read(stored);
  }
}
