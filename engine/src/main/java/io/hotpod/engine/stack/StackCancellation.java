package io.hotpod.engine.stack;

import io.hotpod.engine.EngineException;
import io.hotpod.engine.ErrorCode;
import io.hotpod.engine.event.Event;
import io.hotpod.engine.store.EventTable;
import io.hotpod.engine.store.OperationTable;
import io.hotpod.engine.store.StackTable;
import io.hotpod.engine.wake.Topics;
import io.hotpod.engine.wake.Wakeups;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Ends operations that somebody does not want to see through. Thread-safe. */
final class StackCancellation {
  private final Acceptance acceptance;
  private final Wakeups wakeups;

  StackCancellation(Acceptance acceptance, Wakeups wakeups) {
    this.acceptance = acceptance;
    this.wakeups = wakeups;
  }

  void withRollback(Caller caller, String stackId) {
    acceptance.accept(
        caller,
        handle -> {
          Stack stack = Acceptance.requireLive(handle, caller, stackId);
          requireRunning(stack, true);
          Instant now = acceptance.now();
          String target = stack.previousDefinitionId().orElseGet(stack::definitionId);
          Operation operation =
              acceptance.operation(
                  stackId, Action.ROLLBACK, Optional.of(target), stack.timeout(), now);
          Stack back = Stacks.rollingBack(stack, operation.id(), target, now);
          StackTable.update(handle, back, stack.fence());
          return acceptance.begin(handle, caller, back, operation, now);
        });
  }

  void withoutRollback(Caller caller, String stackId) {
    List<Stack> cancelled = new ArrayList<>();
    acceptance.accept(
        caller,
        handle -> {
          Stack stack = Acceptance.requireLive(handle, caller, stackId);
          requireRunning(stack, false);
          cancelled.clear();
          cancelTree(handle, stack, cancelled);
          Acceptance.remember(handle, caller, stackId, acceptance.now());
          return Acceptance.Accepted.nothing(stack);
        });
    cancelled.forEach(each -> wakeups.wake(Topics.events(each.id())));
    cancelled.forEach(each -> acceptance.starter().cancelled(each.operationId()));
  }

  private static void requireRunning(Stack stack, boolean withRollback) {
    if (stack.status() != Status.IN_PROGRESS
        || !StackTransitions.canBeCancelled(stack.action(), withRollback)) {
      throw new EngineException(
          ErrorCode.NOT_SUPPORTED,
          "Cancelling update when stack is %s is not supported.".formatted(stack.combinedStatus()));
    }
  }

  private void cancelTree(Handle handle, Stack stack, List<Stack> cancelled) {
    cancel(handle, stack);
    cancelled.add(stack);
    for (Stack inside : StackTable.ofOwner(handle, stack.id())) {
      if (inside.status() == Status.IN_PROGRESS
          && StackTransitions.canBeCancelled(inside.action(), false)) {
        cancelTree(handle, inside, cancelled);
      }
    }
  }

  private void cancel(Handle handle, Stack stack) {
    String reason = "Stack %s cancelled".formatted(stack.action());
    OperationTable.cancel(handle, stack.operationId());
    StackTable.update(
        handle, Stacks.withStatus(stack, stack.action(), Status.FAILED, reason), stack.fence());
    EventTable.insert(
        handle,
        new Event(
            acceptance.newId(),
            0,
            stack.id(),
            acceptance.now(),
            stack.name(),
            Event.STACK_TYPE,
            stack.id(),
            stack.action(),
            Status.FAILED,
            reason));
  }
}
