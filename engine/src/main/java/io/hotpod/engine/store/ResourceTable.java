package io.hotpod.engine.store;

import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Status;
import io.hotpod.pod.ModificationToken;
import io.hotpod.pod.PodJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;
import tools.jackson.databind.node.ObjectNode;

/** Physical resources. */
public final class ResourceTable {
  private static final String UPSERT =
      """
      INSERT INTO resource (id, stack_id, name, type, implementation, incarnation, physical_id, action, status,
        status_reason, token, properties, shown, data, requires, definition_id, operation_id, replaced_by, retain,
        created_at, updated_at)
      VALUES (:id, :stackId, :name, :type, :implementation, :incarnation, :physicalId, :action, :status,
        :statusReason, :token, :properties, :shown, :data, :requires, :definitionId,
        :operationId, :replacedBy, :retain, :createdAt, :updatedAt)
      ON CONFLICT (id) DO UPDATE SET type = excluded.type, incarnation = excluded.incarnation,
        implementation = excluded.implementation, physical_id = excluded.physical_id, action = excluded.action,
        status = excluded.status, status_reason = excluded.status_reason, token = excluded.token,
        properties = excluded.properties, shown = excluded.shown, data = excluded.data, requires = excluded.requires,
        definition_id = excluded.definition_id, operation_id = excluded.operation_id,
        replaced_by = excluded.replaced_by, retain = excluded.retain,
        updated_at = excluded.updated_at
      """;

  /** States in which a resource is, or may be, out of use. */
  private static final Set<String> OUT_OF_USE =
      Set.of(
          Action.SUSPEND + "_" + Status.COMPLETE,
          Action.SUSPEND + "_" + Status.FAILED,
          Action.RESUME + "_" + Status.FAILED);

  private ResourceTable() {}

  public static void save(Handle handle, ResourceRecord resource) {
    upsert(handle, resource).execute();
  }

  public static void saveAll(Handle handle, List<ResourceRecord> resources) {
    Later.executeAll(resources.stream().map(resource -> upsert(handle, resource)).toList());
  }

  /** For what happens to a resource outside of an operation. */
  public static void changeStatus(
      Handle handle, String id, Action action, Status status, String reason, Instant now) {
    handle
        .createUpdate(
            """
            UPDATE resource SET action = :action, status = :status, status_reason = :reason,
              updated_at = :now
            WHERE id = :id
            """)
        .bind("id", id)
        .bind("action", action.name())
        .bind("status", status.name())
        .bind("reason", reason)
        .bind("now", now.toEpochMilli())
        .execute();
  }

  /** For what a type remembers outside of an operation. */
  public static void changeData(Handle handle, String id, ObjectNode data) {
    handle
        .createUpdate("UPDATE resource SET data = :data WHERE id = :id")
        .bind("id", id)
        .bind("data", SealedColumn.RESOURCE_DATA.seal(handle, id, data.toString()))
        .execute();
  }

  /**
   * Records that somebody says a resource is not well: it is as checked, by no operation. What it
   * was before is kept beside it.
   */
  public static void markUnhealthy(
      Handle handle, ResourceRecord resource, String reason, Instant now) {
    if (!resource.isMarkedUnhealthy()) {
      handle
          .createUpdate("UPDATE resource SET marked_from = :state WHERE id = :id")
          .bind("id", resource.id())
          .bind("state", resource.combinedStatus())
          .execute();
    }
    mark(handle, resource.id(), Action.CHECK, Status.FAILED, reason, now);
  }

  /**
   * What a resource was, as in {@code SUSPEND_COMPLETE}, when it was marked last; empty when it was
   * in use.
   */
  public static Optional<String> suspensionBeforeMark(Handle handle, String id) {
    return handle
        .createQuery("SELECT marked_from FROM resource WHERE id = :id AND marked_from IS NOT NULL")
        .bind("id", id)
        .mapTo(String.class)
        .findOne()
        .filter(OUT_OF_USE::contains);
  }

  /** Records what somebody says of a resource, who is no operation. */
  public static void mark(
      Handle handle, String id, Action action, Status status, String reason, Instant now) {
    changeStatus(handle, id, action, status, reason, now);
    handle
        .createUpdate("UPDATE resource SET operation_id = '' WHERE id = :id")
        .bind("id", id)
        .execute();
  }

  /** Whether somebody marked a resource of a stack, or of one inside it, as unhealthy. */
  public static boolean anyMarkedInside(Handle handle, String stackId) {
    return handle
        .createQuery(
            """
            WITH RECURSIVE inside (id) AS (
              SELECT CAST(:stackId AS TEXT)
              UNION ALL
              SELECT stack.id FROM stack JOIN inside ON stack.owner_id = inside.id)
            SELECT 1 FROM resource JOIN inside ON resource.stack_id = inside.id
            WHERE resource.operation_id = '' AND resource.action = :check
              AND resource.status = :failed
            LIMIT 1
            """)
        .bind("stackId", stackId)
        .bind("check", Action.CHECK.name())
        .bind("failed", Status.FAILED.name())
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  /** Makes resources stay when their stack goes; those that are stacks go with what is in them. */
  public static void retainAll(Handle handle, String stackId) {
    handle
        .createUpdate(
            """
            UPDATE resource SET retain = TRUE WHERE stack_id = :stackId
              AND NOT EXISTS (SELECT 1 FROM stack WHERE stack.id = resource.id)
            """)
        .bind("stackId", stackId)
        .execute();
  }

  public static boolean exists(Handle handle, String id) {
    return handle
        .createQuery("SELECT 1 FROM resource WHERE id = :id")
        .bind("id", id)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  /** Forgets physical resources that are gone. */
  static void deleteAll(Handle handle, List<String> ids) {
    if (ids.isEmpty()) {
      return;
    }
    PreparedBatch batch = handle.prepareBatch("DELETE FROM resource WHERE id = :id");
    ids.forEach(id -> batch.bind("id", id).add());
    batch.execute();
  }

  /** One physical resource. */
  public static Optional<ResourceRecord> find(Handle handle, String id) {
    return handle
        .createQuery("SELECT * FROM resource WHERE id = :id")
        .bind("id", id)
        .map(ResourceTable::read)
        .findOne();
  }

  /** All incarnations of a stack's resources, oldest first. */
  public static List<ResourceRecord> ofStack(Handle handle, String stackId) {
    return handle
        .createQuery(
            "SELECT * FROM resource WHERE stack_id = :stackId ORDER BY created_at, incarnation, id")
        .bind("stackId", stackId)
        .map(ResourceTable::read)
        .list();
  }

  /** How many resources a stack and all stacks inside it have. */
  public static int countInTree(Handle handle, String rootId) {
    return countWith(handle, "root_id", rootId);
  }

  /** How many resources a stack and the stacks of its own resources have. */
  public static int countBelow(Handle handle, String stackId) {
    return countWith(handle, "owner_id", stackId);
  }

  /** Those of a stack and of the stacks that name it in a column. */
  private static int countWith(Handle handle, String column, String stackId) {
    return handle
        .createQuery(
            """
            SELECT COUNT(*) FROM resource WHERE replaced_by IS NULL AND stack_id IN (
              SELECT id FROM stack WHERE (id = :stack OR %s = :stack) AND deleted_at IS NULL)
            """
                .formatted(column))
        .bind("stack", stackId)
        .mapTo(Integer.class)
        .one();
  }

  private static Later upsert(Handle handle, ResourceRecord resource) {
    return Later.update(handle, UPSERT)
        .bind("id", resource.id())
        .bind("stackId", resource.stackId())
        .bind("name", resource.name())
        .bind("type", resource.type())
        .bind("implementation", resource.implementation())
        .bind("incarnation", resource.incarnation())
        .bind("physicalId", resource.physicalId().orElse(null))
        .bind("action", resource.action().name())
        .bind("status", resource.status().name())
        .bind("statusReason", resource.statusReason())
        .bind("token", resource.token().map(ModificationToken::value).orElse(null))
        .bind(
            "properties",
            SealedColumn.RESOURCE_PROPERTIES.seal(
                handle, resource.id(), resource.properties().toString()))
        .bind(
            "shown",
            resource
                .shown()
                .map(
                    shown ->
                        SealedColumn.RESOURCE_SHOWN.seal(handle, resource.id(), shown.toString()))
                .orElse(null))
        .bind(
            "data",
            SealedColumn.RESOURCE_DATA.seal(handle, resource.id(), resource.data().toString()))
        .bind("requires", PodJson.write(resource.requires()))
        .bind("definitionId", resource.definitionId())
        .bind("operationId", resource.operationId())
        .bind("replacedBy", resource.replacedBy().orElse(null))
        .bind("retain", resource.retain())
        .bind("createdAt", resource.createdAt().toEpochMilli())
        .bind("updatedAt", resource.updatedAt().toEpochMilli());
  }

  private static ResourceRecord read(ResultSet row, StatementContext context) throws SQLException {
    Optional<ModificationToken> token =
        Columns.optionalText(row, "token").map(ModificationToken::new);
    return new ResourceRecord(
        row.getString("id"),
        row.getString("stack_id"),
        row.getString("name"),
        row.getString("type"),
        row.getString("implementation"),
        row.getInt("incarnation"),
        Columns.optionalText(row, "physical_id"),
        Action.valueOf(row.getString("action")),
        Status.valueOf(row.getString("status")),
        row.getString("status_reason"),
        token,
        Columns.object(SealedColumn.RESOURCE_PROPERTIES.open(context, row)),
        SealedColumn.RESOURCE_SHOWN.openOptional(context, row).map(Columns::object),
        Columns.object(SealedColumn.RESOURCE_DATA.open(context, row)),
        Set.copyOf(Columns.texts(row, "requires")),
        row.getString("definition_id"),
        row.getString("operation_id"),
        Columns.optionalText(row, "replaced_by"),
        row.getBoolean("retain"),
        Columns.instant(row, "created_at"),
        Columns.instant(row, "updated_at"));
  }
}
