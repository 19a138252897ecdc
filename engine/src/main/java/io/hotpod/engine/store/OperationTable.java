package io.hotpod.engine.store;

import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Operation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Gatherers;
import org.jdbi.v3.core.Handle;

/** Operations and the outcomes of their steps. */
public final class OperationTable {
  /** What the scheduler calls the work of carrying one out. */
  public static final String TASK = "operation";

  /** How many ids one statement names. */
  private static final int LIST = 1_000;

  private OperationTable() {}

  public static void insert(Handle handle, Operation operation) {
    Later.update(
            handle,
            """
            INSERT INTO operation
              (id, stack_id, action, state, definition_id, accepted_at, deadline, finished_at, converge)
            VALUES
              (:id, :stackId, :action, :state, :definitionId, :acceptedAt, :deadline, NULL, :converge)
            """)
        .bind("id", operation.id())
        .bind("stackId", operation.stackId())
        .bind("action", operation.action().name())
        .bind("state", operation.state().name())
        .bind("definitionId", operation.definitionId().orElse(null))
        .bind("acceptedAt", operation.acceptedAt().toEpochMilli())
        .bind("deadline", operation.deadline().toEpochMilli())
        .bind("converge", operation.converge())
        .execute();
  }

  /** Ends an operation: what is left of it is how it ended, and nobody carries it out any more. */
  public static void finish(Handle handle, String id, Operation.State state, Instant now) {
    Later.update(handle, "UPDATE operation SET state = :state, finished_at = :now WHERE id = :id")
        .bind("id", id)
        .bind("state", state.name())
        .bind("now", now.toEpochMilli())
        .execute();
    forget(handle, id);
  }

  /**
   * Ends an operation well, unless it was cancelled.
   *
   * @return whether it has ended so
   */
  public static boolean complete(Handle handle, String id, Instant now) {
    int changed =
        handle
            .createUpdate(
                """
                UPDATE operation SET state = :complete, finished_at = :now
                WHERE id = :id AND state <> :cancelled
                """)
            .bind("id", id)
            .bind("complete", Operation.State.COMPLETE.name())
            .bind("cancelled", Operation.State.CANCELLED.name())
            .bind("now", now.toEpochMilli())
            .execute();
    if (changed == 1) {
      forget(handle, id);
    }
    return changed == 1;
  }

  /** Nobody carries it out any more. */
  private static void forget(Handle handle, String id) {
    HookTable.forget(handle, id);
    SchedulerTable.remove(handle, TASK, id);
    Later.update(handle, "DELETE FROM step WHERE operation_id = :id").bind("id", id).execute();
  }

  /** Marks an operation that is not over yet as cancelled. */
  public static void cancel(Handle handle, String id) {
    handle
        .createUpdate(
            "UPDATE operation SET state = :cancelled WHERE id = :id AND state = :accepted")
        .bind("id", id)
        .bind("cancelled", Operation.State.CANCELLED.name())
        .bind("accepted", Operation.State.ACCEPTED.name())
        .execute();
  }

  /**
   * An operation that is not to go on as it began.
   *
   * @param superseded a newer one of the same stack was accepted; otherwise it was cancelled
   */
  public record Halted(String id, boolean superseded) {}

  /** Those of some operations that are not to go on as they began. */
  public static List<Halted> halted(Handle handle, Collection<String> ids) {
    return ids.stream()
        .gather(Gatherers.windowFixed(LIST))
        .flatMap(some -> haltedOf(handle, some).stream())
        .toList();
  }

  private static List<Halted> haltedOf(Handle handle, List<String> ids) {
    return handle
        .createQuery(
            """
            SELECT operation.id, stack.operation_id <> operation.id AS superseded FROM operation
            JOIN stack ON stack.id = operation.stack_id
            WHERE operation.id IN (<ids>)
              AND (stack.operation_id <> operation.id OR operation.state = :cancelled)
            """)
        .bindList("ids", ids)
        .bind("cancelled", Operation.State.CANCELLED.name())
        .map((row, context) -> new Halted(row.getString("id"), row.getBoolean("superseded")))
        .list();
  }

  public static boolean isCancelled(Handle handle, String id) {
    return find(handle, id)
        .filter(operation -> operation.state() == Operation.State.CANCELLED)
        .isPresent();
  }

  public static Optional<Operation> find(Handle handle, String id) {
    return handle
        .createQuery("SELECT * FROM operation WHERE id = :id")
        .bind("id", id)
        .map((row, context) -> read(row))
        .findOne();
  }

  /** Remembers which steps ended well. */
  static void recordSteps(Handle handle, List<JournalEntry.Step> steps) {
    Later.executeAll(steps.stream().map(step -> later(handle, step)).toList());
  }

  private static Later later(Handle handle, JournalEntry.Step step) {
    return Later.update(
            handle,
            """
            INSERT INTO step (operation_id, node, outcome, reason, finished_at)
            VALUES (:operationId, :node, :outcome, '', :now)
            ON CONFLICT (operation_id, node) DO NOTHING
            """)
        .bind("operationId", step.operationId())
        .bind("node", step.node())
        .bind("outcome", step.outcome())
        .bind("now", step.finishedAt().toEpochMilli());
  }

  /** The nodes of an operation whose steps ended well. */
  public static Set<String> finishedNodes(Handle handle, String operationId) {
    List<String> nodes =
        handle
            .createQuery("SELECT node FROM step WHERE operation_id = :id")
            .bind("id", operationId)
            .mapTo(String.class)
            .list();
    return Set.copyOf(nodes);
  }

  private static Operation read(ResultSet row) throws SQLException {
    return new Operation(
        row.getString("id"),
        row.getString("stack_id"),
        Action.valueOf(row.getString("action")),
        Operation.State.valueOf(row.getString("state")),
        Columns.optionalText(row, "definition_id"),
        Columns.instant(row, "accepted_at"),
        Columns.instant(row, "deadline"),
        row.getBoolean("converge"));
  }
}
