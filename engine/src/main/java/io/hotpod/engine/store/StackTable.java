package io.hotpod.engine.store;

import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Nesting;
import io.hotpod.engine.stack.Operation;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackFilter;
import io.hotpod.engine.stack.Status;
import io.hotpod.pod.PodJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Stacks. */
public final class StackTable {
  private StackTable() {}

  public static void insert(Handle handle, Stack stack) {
    Later.update(
            handle,
            """
            INSERT INTO stack (id, project, name, action, status, status_reason, description,
              username, created_at, updated_at, deleted_at, timeout, disable_rollback, tags, definition_id,
              previous_definition_id, operation_id, fence, owner_id, owner_resource, root_id, depth)
            VALUES (:id, :project, :name, :action, :status, :statusReason, :description,
              :username, :createdAt, :updatedAt, :deletedAt, :timeout, :disableRollback, :tags, :definitionId,
              :previousDefinitionId, :operationId, :fence, :ownerId, :ownerResource, :rootId, :depth)
            """)
        .bind("id", stack.id())
        .bind("project", stack.project())
        .bind("name", stack.name())
        .bind("username", stack.username().orElse(null))
        .bind("createdAt", stack.createdAt().toEpochMilli())
        .bind("ownerId", stack.nesting().map(Nesting::ownerId).orElse(null))
        .bind("ownerResource", stack.nesting().map(Nesting::resource).orElse(null))
        .bind("rootId", stack.nesting().map(Nesting::rootId).orElse(null))
        .bind("depth", stack.nesting().map(Nesting::depth).orElse(null))
        .bindMap(changeable(stack))
        .execute();
  }

  /** Writes everything about a stack but its identity, where its fence still stands. */
  public static void update(Handle handle, Stack stack, long expectedFence) {
    Later.update(
            handle,
            """
            UPDATE stack SET action = :action, status = :status, status_reason = :statusReason,
              description = :description, updated_at = :updatedAt, deleted_at = :deletedAt,
              timeout = :timeout, disable_rollback = :disableRollback, tags = :tags,
              definition_id = :definitionId, previous_definition_id = :previousDefinitionId,
              operation_id = :operationId, fence = :fence
            WHERE id = :id AND fence = :expectedFence
            """)
        .bind("id", stack.id())
        .bind("expectedFence", expectedFence)
        .bindMap(changeable(stack))
        .execute();
  }

  private static Map<String, @Nullable Object> changeable(Stack stack) {
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("action", stack.action().name());
    values.put("status", stack.status().name());
    values.put("statusReason", stack.statusReason());
    values.put("description", stack.description());
    putNullable(values, "updatedAt", stack.updatedAt().map(Instant::toEpochMilli));
    putNullable(values, "deletedAt", stack.deletedAt().map(Instant::toEpochMilli));
    putNullable(values, "timeout", stack.timeout().map(Duration::toMillis));
    values.put("disableRollback", stack.disableRollback());
    values.put("tags", PodJson.write(stack.tags()));
    values.put("definitionId", stack.definitionId());
    putNullable(values, "previousDefinitionId", stack.previousDefinitionId());
    values.put("operationId", stack.operationId());
    values.put("fence", stack.fence());
    return values;
  }

  private static void putNullable(
      Map<String, @Nullable Object> values, String name, Optional<?> value) {
    values.put(name, value.orElse(null));
  }

  /**
   * A stack that an operation has taken over.
   *
   * @param cancelled the operation was cancelled before
   */
  public record Taken(Stack stack, boolean cancelled) {}

  /** Takes a stack over for its newest operation; empty when another operation is the newest. */
  public static Optional<Taken> takeOver(Handle handle, String id, String operationId) {
    return handle
        .createQuery(
            """
            UPDATE stack SET fence = fence + 1 WHERE id = :id AND operation_id = :operationId
            RETURNING *,
              EXISTS (SELECT 1 FROM operation WHERE id = :operationId AND state = :cancelled)
                AS operation_cancelled
            """)
        .bind("id", id)
        .bind("operationId", operationId)
        .bind("cancelled", Operation.State.CANCELLED.name())
        .map((row, context) -> new Taken(read(row), row.getBoolean("operation_cancelled")))
        .findOne();
  }

  /**
   * Lets an owner write that still holds the fence.
   *
   * @param owned as the owner took it over
   * @throws FencedException when somebody else has taken the stack over since
   */
  public static void requireFence(Handle handle, Stack owned) {
    Long fence = fences(handle, Set.of(owned.id())).get(owned.id());
    if (fence == null || fence != owned.fence()) {
      throw new FencedException(owned.id());
    }
  }

  /**
   * The stack as it stands, for an owner that still holds the fence.
   *
   * @param owned as the owner took it over
   * @throws FencedException when somebody else has taken the stack over since
   */
  public static Stack findOwned(Handle handle, Stack owned) {
    return find(handle, owned.id())
        .filter(present -> present.fence() == owned.fence())
        .orElseThrow(() -> new FencedException(owned.id()));
  }

  /** The fences that writes of owners must still hold; of a stack that is not there, none. */
  static Map<String, Long> fences(Handle handle, Set<String> ids) {
    return handle
        .createQuery("SELECT id, fence FROM stack WHERE id IN (<ids>)")
        .bindList("ids", List.copyOf(ids))
        .reduceRows(
            new HashMap<>(),
            (fences, row) -> {
              fences.put(row.getColumn("id", String.class), row.getColumn("fence", Long.class));
              return fences;
            });
  }

  public static Optional<Stack> find(Handle handle, String id) {
    return handle
        .createQuery("SELECT * FROM stack WHERE id = :id")
        .bind("id", id)
        .map((row, context) -> read(row))
        .findOne();
  }

  /** The live stacks inside resources of a stack. */
  public static List<Stack> ofOwner(Handle handle, String ownerId) {
    return handle
        .createQuery("SELECT * FROM stack WHERE owner_id = :ownerId AND deleted_at IS NULL")
        .bind("ownerId", ownerId)
        .map((row, context) -> read(row))
        .list();
  }

  /** How many live stacks a project has that are in no other. */
  public static int count(Handle handle, String project) {
    return handle
        .createQuery(
            """
            SELECT COUNT(*) FROM stack
            WHERE project = :project AND deleted_at IS NULL AND owner_id IS NULL
            """)
        .bind("project", project)
        .mapTo(Integer.class)
        .one();
  }

  /** A live stack of that name. */
  public static Optional<Stack> findByName(Handle handle, String project, String name) {
    return handle
        .createQuery(
            "SELECT * FROM stack WHERE project = :project AND name = :name AND deleted_at IS NULL")
        .bind("project", project)
        .bind("name", name)
        .map((row, context) -> read(row))
        .findOne();
  }

  /** Those that a filter matches, in its order; a marker that is not there cuts nothing off. */
  public static List<Stack> list(Handle handle, String project, StackFilter filter) {
    return StackListQuery.list(handle, project, filter, StackTable::read);
  }

  /** How many a filter matches, its limit and marker aside. */
  public static long count(Handle handle, String project, StackFilter filter) {
    return StackListQuery.count(handle, project, filter);
  }

  static Stack read(ResultSet row) throws SQLException {
    long timeout = row.getLong("timeout");
    Optional<Duration> limit =
        row.wasNull() ? Optional.empty() : Optional.of(Duration.ofMillis(timeout));
    return new Stack(
        row.getString("id"),
        row.getString("project"),
        row.getString("name"),
        Action.valueOf(row.getString("action")),
        Status.valueOf(row.getString("status")),
        row.getString("status_reason"),
        row.getString("description"),
        Columns.optionalText(row, "username"),
        Columns.instant(row, "created_at"),
        Columns.optionalInstant(row, "updated_at"),
        Columns.optionalInstant(row, "deleted_at"),
        limit,
        row.getBoolean("disable_rollback"),
        Columns.texts(row, "tags"),
        row.getString("definition_id"),
        Columns.optionalText(row, "previous_definition_id"),
        row.getString("operation_id"),
        row.getLong("fence"),
        nesting(row));
  }

  private static Optional<Nesting> nesting(ResultSet row) throws SQLException {
    Optional<String> owner = Columns.optionalText(row, "owner_id");
    return owner.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Nesting(
                owner.orElseThrow(),
                row.getString("owner_resource"),
                row.getString("root_id"),
                row.getInt("depth")));
  }
}
