package io.hotpod.engine.stack;

import io.hotpod.engine.EngineException;
import io.hotpod.engine.EngineLimits;
import io.hotpod.engine.ErrorCode;
import io.hotpod.engine.store.DefinitionTable;
import io.hotpod.engine.store.SnapshotTable;
import io.hotpod.engine.store.StackTable;
import io.hotpod.template.Template;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Takes, lists, restores and forgets snapshots of stacks. Thread-safe. */
final class SnapshotCommands {
  /** What the answer to a request is kept under. */
  private static final String ID = "snapshot_id";

  private final RequestedDefinitions requested;
  private final Acceptance acceptance;
  private final EngineLimits limits;

  SnapshotCommands(RequestedDefinitions requested, Acceptance acceptance, EngineLimits limits) {
    this.requested = requested;
    this.acceptance = acceptance;
    this.limits = limits;
  }

  Snapshot create(Caller caller, String stackId, Optional<String> name) {
    String newId = acceptance.newId();
    acceptance.accept(
        caller,
        handle -> {
          Stack stack = Acceptance.requireLive(handle, caller, stackId);
          requirePossible(handle, stack);
          Instant now = acceptance.now();
          Operation operation =
              acceptance.operation(
                  stackId, Action.SNAPSHOT, Optional.empty(), stack.timeout(), now);
          SnapshotTable.insert(
              handle,
              new Snapshot(
                  newId,
                  stackId,
                  name,
                  Status.IN_PROGRESS,
                  "Stack SNAPSHOT started",
                  stack.definitionId(),
                  operation.id(),
                  JsonNodeFactory.instance.objectNode(),
                  now));
          Stack started = Stacks.started(stack, Action.SNAPSHOT, operation.id(), now);
          StackTable.update(handle, started, stack.fence());
          ObjectNode answer = JsonNodeFactory.instance.objectNode().put(ID, newId);
          return acceptance.begin(handle, caller, started, operation, Optional.of(answer), now);
        });
    String id = acceptance.answer(caller).map(answer -> answer.path(ID).asString("")).orElse(newId);
    return find(caller, stackId, id);
  }

  private void requirePossible(Handle handle, Stack stack) {
    StackTransitions.require(Action.SNAPSHOT, stack);
    if (SnapshotTable.ofStack(handle, stack.id()).size() >= limits.snapshotsPerStack()) {
      throw new EngineException(
          ErrorCode.LIMIT_EXCEEDED,
          "You have reached the maximum snapshots per stack, %d. Please delete some snapshots."
              .formatted(limits.snapshotsPerStack()));
    }
  }

  List<Snapshot> list(Caller caller, String stackId) {
    Stack stack = acceptance.require(caller, stackId);
    return acceptance.database().read(handle -> SnapshotTable.ofStack(handle, stack.id()));
  }

  Snapshot find(Caller caller, String stackId, String snapshotId) {
    Stack stack = acceptance.require(caller, stackId);
    return acceptance.database().read(handle -> require(handle, stack, snapshotId));
  }

  private static Snapshot require(Handle handle, Stack stack, String snapshotId) {
    return SnapshotTable.find(handle, stack.id(), snapshotId)
        .orElseThrow(
            () ->
                new EngineException(
                    ErrorCode.SNAPSHOT_NOT_FOUND,
                    "The Snapshot (%s) for Stack (%s) could not be found."
                        .formatted(snapshotId, stack.name())));
  }

  void delete(Caller caller, String stackId, String snapshotId) {
    acceptance.accept(
        caller,
        handle -> {
          Stack stack = Acceptance.requireLive(handle, caller, stackId);
          Snapshot snapshot = require(handle, stack, snapshotId);
          if (snapshot.status() == Status.IN_PROGRESS) {
            throw new EngineException(
                ErrorCode.NOT_SUPPORTED, "Deleting in-progress snapshot is not supported.");
          }
          SnapshotTable.delete(handle, snapshot);
          Acceptance.remember(handle, caller, stackId, acceptance.now());
          return Acceptance.Accepted.nothing(stack);
        });
  }

  void restore(Caller caller, String stackId, String snapshotId) {
    if (acceptance.answered(caller).isPresent()) {
      return;
    }
    Stack present = acceptance.require(caller, stackId);
    Snapshot wanted = find(caller, stackId, snapshotId);
    StackDefinition definition =
        acceptance
            .database()
            .read(handle -> DefinitionTable.find(handle, wanted.definitionId()).orElseThrow());
    Template template =
        requested.checked(
            definition, stackId, present.name(), caller.project(), Nesting.depth(present));
    acceptance.accept(
        caller,
        handle -> {
          Stack stack = Acceptance.requireLive(handle, caller, stackId);
          Snapshot snapshot = require(handle, stack, snapshotId);
          requireRestorable(stack, snapshot);
          Instant now = acceptance.now();
          Operation operation =
              acceptance.operation(
                  stackId, Action.RESTORE, Optional.of(definition.id()), stack.timeout(), now);
          Stack changed =
              Stacks.redefined(
                  Stacks.started(stack, Action.RESTORE, operation.id(), now),
                  definition.id(),
                  template.description(),
                  StackCommands.previous(stack),
                  stack.timeout(),
                  stack.disableRollback(),
                  stack.tags());
          SnapshotTable.restoring(handle, snapshot.id(), operation.id());
          StackTable.update(handle, changed, stack.fence());
          return acceptance.begin(handle, caller, changed, operation, now);
        });
  }

  private static void requireRestorable(Stack stack, Snapshot snapshot) {
    if (snapshot.status() != Status.COMPLETE) {
      throw new EngineException(
          ErrorCode.NOT_SUPPORTED,
          "Restoring a snapshot that is %s is not supported.".formatted(snapshot.status()));
    }
    StackTransitions.require(Action.RESTORE, stack);
  }
}
