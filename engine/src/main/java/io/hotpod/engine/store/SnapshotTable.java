package io.hotpod.engine.store;

import io.hotpod.engine.stack.Snapshot;
import io.hotpod.engine.stack.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Snapshots of stacks, and what the types of their resources keep. */
public final class SnapshotTable {
  private SnapshotTable() {}

  public static void insert(Handle handle, Snapshot snapshot) {
    handle
        .createUpdate(
            """
            INSERT INTO snapshot (id, stack_id, name, status, status_reason, definition_id,
              operation_id, restored_by, data, created_at)
            VALUES (:id, :stackId, :name, :status, :statusReason, :definitionId, :operationId,
              NULL, :data, :createdAt)
            """)
        .bind("id", snapshot.id())
        .bind("stackId", snapshot.stackId())
        .bind("name", snapshot.name().orElse(null))
        .bind("status", snapshot.status().name())
        .bind("statusReason", snapshot.statusReason())
        .bind("definitionId", snapshot.definitionId())
        .bind("operationId", snapshot.operationId())
        .bind(
            "data",
            SealedColumn.SNAPSHOT_DATA.seal(handle, snapshot.id(), snapshot.data().toString()))
        .bind("createdAt", snapshot.createdAt().toEpochMilli())
        .execute();
  }

  /**
   * Adds a snapshot of a stack inside the one that an operation takes a snapshot of, and makes it a
   * part of that.
   */
  public static void insertInside(Handle handle, Snapshot snapshot, String outerOperationId) {
    insert(handle, snapshot);
    handle
        .createUpdate(
            """
            UPDATE snapshot
            SET parent_id = (SELECT id FROM snapshot WHERE operation_id = :outerOperationId)
            WHERE id = :id
            """)
        .bind("id", snapshot.id())
        .bind("outerOperationId", outerOperationId)
        .execute();
  }

  /** The part of a snapshot that is of a stack inside. */
  public static Optional<Snapshot> findInside(Handle handle, String id) {
    return handle
        .createQuery("SELECT * FROM snapshot WHERE id = :id AND parent_id IS NOT NULL")
        .bind("id", id)
        .map((row, context) -> read(row, context))
        .findOne();
  }

  public static Optional<Snapshot> find(Handle handle, String stackId, String id) {
    return handle
        .createQuery(
            "SELECT * FROM snapshot WHERE id = :id AND stack_id = :stackId AND parent_id IS NULL")
        .bind("id", id)
        .bind("stackId", stackId)
        .map(SnapshotTable::read)
        .findOne();
  }

  /** Oldest first, without those that are part of another. */
  public static List<Snapshot> ofStack(Handle handle, String stackId) {
    return handle
        .createQuery(
            """
            SELECT * FROM snapshot WHERE stack_id = :stackId AND parent_id IS NULL
            ORDER BY created_at, id
            """)
        .bind("stackId", stackId)
        .map(SnapshotTable::read)
        .list();
  }

  /** Ends the snapshot that an operation takes; one that has ended stays as it is. */
  public static void finish(
      Handle handle, String operationId, Status status, String reason, ObjectNode data) {
    List<String> ids =
        handle
            .createQuery(
                "SELECT id FROM snapshot WHERE operation_id = :operationId AND status = :inProgress")
            .bind("operationId", operationId)
            .bind("inProgress", Status.IN_PROGRESS.name())
            .mapTo(String.class)
            .list();
    for (String id : ids) {
      handle
          .createUpdate(
              """
              UPDATE snapshot SET status = :status, status_reason = :reason, data = :data
              WHERE id = :id
              """)
          .bind("id", id)
          .bind("status", status.name())
          .bind("reason", reason)
          .bind("data", SealedColumn.SNAPSHOT_DATA.seal(handle, id, data.toString()))
          .execute();
    }
  }

  /** The snapshot that an operation takes could not be taken. */
  public static void fail(Handle handle, String operationId, String reason) {
    finish(handle, operationId, Status.FAILED, reason, JsonNodeFactory.instance.objectNode());
  }

  /** Keeps what a type wants to know of its resource when the snapshot is restored. */
  public static void saveResource(
      Handle handle, String operationId, String resourceName, ObjectNode data) {
    handle
        .createUpdate(
            """
            INSERT INTO resource_snapshot (snapshot_id, resource_name, data)
            SELECT id, :resourceName, :data FROM snapshot WHERE operation_id = :operationId
            ON CONFLICT (snapshot_id, resource_name) DO UPDATE SET data = excluded.data
            """)
        .bind("operationId", operationId)
        .bind("resourceName", resourceName)
        .bind(
            "data", SealedColumn.RESOURCE_SNAPSHOT_DATA.seal(handle, resourceName, data.toString()))
        .execute();
  }

  /** Remembers which operation restores a snapshot. */
  public static void restoring(Handle handle, String id, String operationId) {
    handle
        .createUpdate("UPDATE snapshot SET restored_by = :operationId WHERE id = :id")
        .bind("id", id)
        .bind("operationId", operationId)
        .execute();
  }

  /** What the types kept in the snapshot that an operation restores, by name of the resource. */
  public static Map<String, ObjectNode> restored(Handle handle, String operationId) {
    Map<String, ObjectNode> data = new LinkedHashMap<>();
    handle
        .createQuery(
            """
            SELECT resource_name, resource_snapshot.data AS data FROM resource_snapshot
            JOIN snapshot ON snapshot.id = resource_snapshot.snapshot_id
            WHERE snapshot.restored_by = :operationId
            """)
        .bind("operationId", operationId)
        .map(
            (row, context) ->
                Map.entry(
                    row.getString("resource_name"),
                    Columns.object(SealedColumn.RESOURCE_SNAPSHOT_DATA.open(context, row))))
        .forEach(entry -> data.put(entry.getKey(), entry.getValue()));
    return data;
  }

  /** Forgets a snapshot and its parts, and their definitions if nothing else needs them. */
  public static void delete(Handle handle, Snapshot snapshot) {
    handle
        .createQuery("SELECT * FROM snapshot WHERE parent_id = :id")
        .bind("id", snapshot.id())
        .map((row, context) -> read(row, context))
        .list()
        .forEach(part -> delete(handle, part));
    handle
        .createUpdate("DELETE FROM resource_snapshot WHERE snapshot_id = :id")
        .bind("id", snapshot.id())
        .execute();
    handle.createUpdate("DELETE FROM snapshot WHERE id = :id").bind("id", snapshot.id()).execute();
    DefinitionTable.deleteUnused(handle, snapshot.stackId(), snapshot.definitionId());
  }

  private static Snapshot read(ResultSet row, StatementContext context) throws SQLException {
    return new Snapshot(
        row.getString("id"),
        row.getString("stack_id"),
        Columns.optionalText(row, "name"),
        Status.valueOf(row.getString("status")),
        row.getString("status_reason"),
        row.getString("definition_id"),
        row.getString("operation_id"),
        Columns.object(SealedColumn.SNAPSHOT_DATA.open(context, row)),
        Columns.instant(row, "created_at"));
  }
}
