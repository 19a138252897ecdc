package io.hotpod.engine.store;

import io.hotpod.engine.stack.Status;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;

/** What is over, by age and number. Each call deletes a bounded number of rows. */
public final class Leftovers {
  private static final int SOME = 1_000;
  private static final int SOME_STACKS = 50;

  private Leftovers() {}

  /** Some stacks that were deleted before a time. */
  public static List<String> deletedStacks(Handle handle, Instant before) {
    return handle
        .createQuery(
            "SELECT id FROM stack WHERE deleted_at < :before ORDER BY deleted_at LIMIT :some")
        .bind("before", before.toEpochMilli())
        .bind("some", SOME_STACKS)
        .mapTo(String.class)
        .list();
  }

  /**
   * Forgets a stack that was deleted before a time, with everything that is only its own.
   *
   * @return how many stacks were forgotten
   */
  public static int purgeStack(Handle handle, String id, Instant before) {
    List<String> definitions =
        handle
            .createQuery(
                """
                SELECT definition_id FROM stack WHERE id = :id AND deleted_at < :before
                UNION SELECT previous_definition_id FROM stack
                  WHERE id = :id AND deleted_at < :before AND previous_definition_id IS NOT NULL
                """)
            .bind("id", id)
            .bind("before", before.toEpochMilli())
            .mapTo(String.class)
            .list();
    if (definitions.isEmpty()) {
      return 0;
    }
    SnapshotTable.ofStack(handle, id).forEach(snapshot -> SnapshotTable.delete(handle, snapshot));
    for (String sql :
        List.of(
            "DELETE FROM event WHERE stack_id = :id",
            "DELETE FROM past_properties WHERE stack_id = :id",
            "DELETE FROM idempotency WHERE stack_id = :id",
            """
            DELETE FROM step WHERE operation_id IN (SELECT id FROM operation WHERE stack_id = :id)
            """,
            """
            DELETE FROM hook WHERE operation_id IN (SELECT id FROM operation WHERE stack_id = :id)
            """,
            "DELETE FROM operation WHERE stack_id = :id",
            """
            DELETE FROM signal WHERE resource_id IN (SELECT id FROM resource WHERE stack_id = :id)
            """,
            """
            DELETE FROM wait_start
            WHERE resource_id IN (SELECT id FROM resource WHERE stack_id = :id)
            """,
            "DELETE FROM resource WHERE stack_id = :id",
            "DELETE FROM stack WHERE id = :id")) {
      handle.createUpdate(sql).bind("id", id).execute();
    }
    definitions.forEach(definition -> DefinitionTable.deleteUnused(handle, id, definition));
    return 1;
  }

  /** Stacks that nothing is done to, with more events than they may keep. */
  public static List<String> stacksWithMoreEvents(Handle handle, int most) {
    return handle
        .createQuery(
            """
            SELECT event.stack_id FROM event JOIN stack ON stack.id = event.stack_id
            WHERE stack.status <> :inProgress
            GROUP BY event.stack_id HAVING COUNT(*) > :most
            """)
        .bind("inProgress", Status.IN_PROGRESS.name())
        .bind("most", most)
        .mapTo(String.class)
        .list();
  }

  /** Deletes some of the events of a stack that are older than the newest so many. */
  public static int deleteEvents(Handle handle, String stackId, int most) {
    int deleted =
        handle
            .createUpdate(
                """
            DELETE FROM event WHERE number IN (
              SELECT number FROM event WHERE stack_id = :stackId AND number <= (
                SELECT number FROM event WHERE stack_id = :stackId
                ORDER BY number DESC LIMIT 1 OFFSET :most)
              ORDER BY number LIMIT :some)
            """)
            .bind("stackId", stackId)
            .bind("most", most)
            .bind("some", SOME)
            .execute();
    PastProperties.deleteUnused(handle, stackId);
    return deleted;
  }

  /** Deletes some operations that ended before a time, but for the last of each stack. */
  public static int deleteOperations(Handle handle, Instant before) {
    return handle
        .createUpdate(
            """
            DELETE FROM operation WHERE id IN (
              SELECT id FROM operation WHERE finished_at < :before
                AND NOT EXISTS (SELECT 1 FROM stack
                  WHERE stack.id = operation.stack_id AND stack.operation_id = operation.id)
                AND NOT EXISTS (SELECT 1 FROM snapshot
                  WHERE snapshot.stack_id = operation.stack_id
                    AND (snapshot.operation_id = operation.id OR restored_by = operation.id))
              LIMIT :some)
            """)
        .bind("before", before.toEpochMilli())
        .bind("some", SOME)
        .execute();
  }

  /** Deletes some remembered requests from before a time. */
  public static int deleteRequests(Handle handle, Instant before) {
    return handle
        .createUpdate(
            """
            DELETE FROM idempotency WHERE (project, key) IN (
              SELECT project, key FROM idempotency WHERE created_at < :before LIMIT :some)
            """)
        .bind("before", before.toEpochMilli())
        .bind("some", SOME)
        .execute();
  }

  /** Deletes some join tokens that were good until before a time. */
  public static int deleteJoinTokens(Handle handle, Instant before) {
    return handle
        .createUpdate(
            """
            DELETE FROM join_token WHERE digest IN (
              SELECT digest FROM join_token WHERE expires_at < :before LIMIT :some)
            """)
        .bind("before", before.toEpochMilli())
        .bind("some", SOME)
        .execute();
  }

  /** Deletes some templates that nothing leads to any more. */
  public static int deleteDefinitions(Handle handle) {
    return DefinitionTable.deleteSomeUnused(handle, SOME);
  }

  /** Deletes some files of templates that nothing leads to any more. */
  public static int deleteFiles(Handle handle) {
    return DefinitionTable.deleteSomeUnusedFiles(handle, SOME);
  }

  /**
   * Pod configs and software configs from before a time that neither a resource nor a deployment
   * names. Deployments name configs in their properties, which only this program can read.
   */
  public static Set<String> unusedConfigs(Handle handle, Instant before) {
    Set<String> unused = new LinkedHashSet<>();
    for (String table : List.of("pod_config", "software_config")) {
      handle
          .createQuery(
              """
              SELECT id FROM %1$s WHERE created_at < :before
                AND NOT EXISTS (SELECT 1 FROM resource WHERE physical_id = %1$s.id)
                AND NOT EXISTS (SELECT 1 FROM software_deployment WHERE config_id = %1$s.id)
              """
                  .formatted(table))
          .bind("before", before.toEpochMilli())
          .mapTo(String.class)
          .forEach(unused::add);
    }
    if (!unused.isEmpty()) {
      unused.removeAll(named(handle));
    }
    return unused;
  }

  /** Every text in the properties of resources. */
  private static Set<String> named(Handle handle) {
    Set<String> texts = new HashSet<>();
    handle
        .createQuery("SELECT id, properties FROM resource")
        .map((row, context) -> Columns.object(SealedColumn.RESOURCE_PROPERTIES.open(context, row)))
        .forEach(properties -> collect(properties, texts));
    return texts;
  }

  private static void collect(JsonNode value, Set<String> texts) {
    if (value.isContainer()) {
      value.values().forEach(each -> collect(each, texts));
    } else if (value.isString()) {
      texts.add(value.stringValue());
    }
  }

  /** Deletes a config from before a time, unless somebody has begun to deploy it. */
  public static int deleteConfig(Handle handle, String id, Instant before) {
    int count = 0;
    for (String table : List.of("pod_config", "software_config")) {
      count +=
          handle
              .createUpdate(
                  """
                  DELETE FROM %1$s WHERE id = :id AND created_at < :before
                    AND NOT EXISTS (SELECT 1 FROM resource WHERE physical_id = %1$s.id)
                    AND NOT EXISTS (SELECT 1 FROM software_deployment WHERE config_id = %1$s.id)
                  """
                      .formatted(table))
              .bind("id", id)
              .bind("before", before.toEpochMilli())
              .execute();
    }
    return count;
  }
}
