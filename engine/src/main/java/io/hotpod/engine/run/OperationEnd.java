package io.hotpod.engine.run;

import io.hotpod.engine.resource.nested.TemplateTypes;
import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Definitions;
import io.hotpod.engine.stack.Operation;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackDefinition;
import io.hotpod.engine.stack.StackExport;
import io.hotpod.engine.stack.StackTransitions;
import io.hotpod.engine.stack.Stacks;
import io.hotpod.engine.stack.Status;
import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.DefinitionTable;
import io.hotpod.engine.store.EventTable;
import io.hotpod.engine.store.OperationTable;
import io.hotpod.engine.store.SnapshotTable;
import io.hotpod.engine.store.StackTable;
import io.hotpod.engine.wake.Topics;
import io.hotpod.engine.wake.Wakeups;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.node.JsonNodeFactory;

/** What the end of an operation means for its stack. Thread-safe. */
final class OperationEnd {
  private static final String SUPERSEDED = "A newer operation took the stack over";

  private final Database database;
  private final OperationQueue queue;
  private final Wakeups wakeups;
  private final Clock clock;
  private final Supplier<String> ids;
  private final Definitions definitions;
  private final StackExport export;

  OperationEnd(
      Database database,
      OperationQueue queue,
      Wakeups wakeups,
      Clock clock,
      Supplier<String> ids,
      Definitions definitions,
      TemplateTypes types) {
    this.definitions = definitions;
    this.export = new StackExport(definitions, types);
    this.database = database;
    this.queue = queue;
    this.wakeups = wakeups;
    this.clock = clock;
    this.ids = ids;
  }

  /** Whether a failure of this operation leads back to what was before. */
  boolean rollsBack(Stack stack, Operation operation) {
    return !stack.disableRollback() && StackTransitions.rollsBack(operation.action());
  }

  /** Says that a stack has failed while some of its steps still run. */
  void announceFailure(Journal journal, Stack stack, Operation operation, String reason) {
    journal.stack(
        (handle, present) -> {
          if (isNewest(present, operation)) {
            markFailed(handle, present, stack, operation, reason);
          }
        });
  }

  private static boolean isNewest(Stack present, Operation operation) {
    return present.operationId().equals(operation.id());
  }

  /** Ends an operation that did what was asked. */
  void completed(Journal journal, Stack stack, Operation operation, String reason) {
    Instant now = clock.instant();
    journal.stack(
        (handle, present) -> {
          boolean newest = isNewest(present, operation);
          if (newest && !OperationTable.complete(handle, operation.id(), now)) {
            // It was cancelled. The stack has failed already, and whatever was begun is done.
            OperationTable.finish(handle, operation.id(), Operation.State.FAILED, now);
            return;
          }
          if (!newest) {
            OperationTable.finish(handle, operation.id(), Operation.State.SUPERSEDED, now);
            SnapshotTable.fail(handle, operation.id(), SUPERSEDED);
            return;
          }
          Stack done = Stacks.withStatus(stack, operation.action(), Status.COMPLETE, reason);
          if (operation.action() == Action.DELETE) {
            done = Stacks.deleted(done, now);
            SnapshotTable.ofStack(handle, stack.id())
                .forEach(snapshot -> SnapshotTable.delete(handle, snapshot));
          } else if (operation.definitionId().isPresent()) {
            done = Stacks.withoutPrevious(done);
          }
          StackTable.update(handle, done, stack.fence());
          if (operation.action() == Action.SNAPSHOT) {
            SnapshotTable.finish(
                handle,
                operation.id(),
                Status.COMPLETE,
                reason,
                // What is inside is told by the outermost one.
                done.nesting().isPresent()
                    ? JsonNodeFactory.instance.objectNode()
                    : export.of(handle, done));
          }
          addEvent(handle, stack, operation.action(), Status.COMPLETE, reason, now);
          stack
              .previousDefinitionId()
              .ifPresent(id -> DefinitionTable.deleteUnused(handle, stack.id(), id));
        });
  }

  /** Ends an operation that failed; a rollback follows where the stack wants one. */
  void failed(Journal journal, Stack stack, Operation operation, String reason) {
    Instant now = clock.instant();
    boolean[] rollback = {false};
    journal.stack(
        (handle, present) -> {
          boolean newest = isNewest(present, operation);
          boolean cancelled = OperationTable.isCancelled(handle, operation.id());
          OperationTable.finish(
              handle,
              operation.id(),
              newest ? Operation.State.FAILED : Operation.State.SUPERSEDED,
              now);
          if (!newest) {
            SnapshotTable.fail(handle, operation.id(), SUPERSEDED);
            return;
          }
          SnapshotTable.fail(handle, operation.id(), reason);
          markFailed(handle, present, stack, operation, reason);
          if (!cancelled && rollsBack(stack, operation)) {
            startRollback(handle, stack, operation, now);
            rollback[0] = true;
          }
        });
    if (rollback[0]) {
      queue.poke();
    }
  }

  private void markFailed(
      Handle handle, Stack present, Stack stack, Operation operation, String reason) {
    if (present.status() == Status.FAILED && present.action() == operation.action()) {
      return;
    }
    StackTable.update(
        handle, Stacks.withStatus(stack, operation.action(), Status.FAILED, reason), stack.fence());
    addEvent(handle, stack, operation.action(), Status.FAILED, reason, clock.instant());
  }

  private void startRollback(Handle handle, Stack stack, Operation failed, Instant now) {
    String target = target(handle, stack, failed);
    Operation rollback =
        new Operation(
            ids.get(),
            stack.id(),
            Action.ROLLBACK,
            Operation.State.ACCEPTED,
            Optional.of(target),
            now,
            now.plus(Stacks.timeout(stack)));
    OperationTable.insert(handle, rollback);
    StackTable.update(handle, Stacks.rollingBack(stack, rollback.id(), target, now), stack.fence());
    addEvent(handle, stack, Action.ROLLBACK, Status.IN_PROGRESS, "Stack ROLLBACK started", now);
    queue.enqueue(handle, rollback);
  }

  /** What was before; before a create, nothing was. */
  private String target(Handle handle, Stack stack, Operation failed) {
    if (failed.action() != Action.CREATE && stack.previousDefinitionId().isPresent()) {
      return stack.previousDefinitionId().get();
    }
    StackDefinition present = DefinitionTable.find(handle, stack.definitionId()).orElseThrow();
    StackDefinition nothing = definitions.nothingOf(present, ids.get());
    DefinitionTable.insert(handle, nothing);
    return nothing.id();
  }

  /** Ends an operation whose stack belongs to a newer one. */
  void superseded(Operation operation) {
    database
        .writer()
        .write(
            handle -> {
              supersede(handle, operation.id(), clock.instant());
              return operation;
            });
  }

  /** The same as part of what takes the stack over. */
  static void supersede(Handle handle, String operationId, Instant now) {
    OperationTable.finish(handle, operationId, Operation.State.SUPERSEDED, now);
    SnapshotTable.fail(handle, operationId, SUPERSEDED);
  }

  /**
   * Ends an operation whose stack was taken over: by a newer one, or by another server that took
   * this one for dead and goes on with the same operation, which is then left alone.
   */
  void fenced(Operation operation) {
    database
        .writer()
        .write(
            handle -> {
              boolean newest =
                  StackTable.find(handle, operation.stackId())
                      .filter(stack -> isNewest(stack, operation))
                      .isPresent();
              if (!newest) {
                OperationTable.finish(
                    handle, operation.id(), Operation.State.SUPERSEDED, clock.instant());
              }
              return operation;
            });
  }

  private void addEvent(
      Handle handle, Stack stack, Action action, Status status, String reason, Instant now) {
    EventTable.insert(handle, Journal.stackEvent(ids.get(), stack, action, status, reason, now));
    wakeups.wake(Topics.events(stack.id()));
  }
}
