package io.hotpod.engine.stack;

import io.hotpod.engine.EngineException;
import io.hotpod.engine.ErrorCode;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.store.ResourceTable;
import io.hotpod.engine.store.StackTable;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Gives stacks away: what they are, and what is theirs. Thread-safe. */
final class StackHandover {
  private final Acceptance acceptance;
  private final StackExport export;

  StackHandover(Acceptance acceptance, StackExport export) {
    this.acceptance = acceptance;
    this.export = export;
  }

  ObjectNode export(Caller caller, String stackId) {
    return acceptance
        .database()
        .read(handle -> export.of(handle, Acceptance.requireLive(handle, caller, stackId)));
  }

  /** Forgets a stack and leaves everything that it made where it is. */
  ObjectNode abandon(Caller caller, String stackId) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    acceptance.accept(
        caller,
        handle -> {
          Stack stack = Acceptance.requireLive(handle, caller, stackId);
          requireIdle(handle, stack);
          data.removeAll();
          data.setAll(export.of(handle, stack));
          retain(handle, stack);
          Instant now = acceptance.now();
          Operation operation =
              acceptance.operation(stackId, Action.DELETE, Optional.empty(), stack.timeout(), now);
          Stack started = Stacks.started(stack, Action.DELETE, operation.id(), now);
          StackTable.update(handle, started, stack.fence());
          // Once the stack is gone nothing else could tell it to somebody who did not hear the
          // answer.
          return acceptance.begin(handle, caller, started, operation, Optional.of(data), now);
        });
    return acceptance.answer(caller).orElse(data);
  }

  /** An operation has the resources in hand and would not see that they are to stay. */
  private static void requireIdle(Handle handle, Stack stack) {
    boolean busy =
        stack.status() == Status.IN_PROGRESS
            || ResourceTable.ofStack(handle, stack.id()).stream()
                .map(ResourceRecord::status)
                .anyMatch(Status.IN_PROGRESS::equals);
    if (busy) {
      throw new EngineException(
          ErrorCode.ACTION_IN_PROGRESS,
          "Stack %s already has an action (%s) in progress; abandon it when that has ended."
              .formatted(stack.name(), stack.action()));
    }
    StackTable.ofOwner(handle, stack.id()).forEach(inside -> requireIdle(handle, inside));
  }

  private static void retain(Handle handle, Stack stack) {
    ResourceTable.retainAll(handle, stack.id());
    StackTable.ofOwner(handle, stack.id()).forEach(inside -> retain(handle, inside));
  }
}
