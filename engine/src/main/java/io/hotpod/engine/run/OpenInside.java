package io.hotpod.engine.run;

import io.hotpod.engine.config.SoftwareDeployments;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.stack.Operation;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.Stacks;
import io.hotpod.engine.stack.Status;
import io.hotpod.engine.store.EventTable;
import io.hotpod.engine.store.OperationTable;
import io.hotpod.engine.store.ResourceTable;
import io.hotpod.engine.store.SchedulerTable;
import io.hotpod.engine.store.StackTable;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * Ends what an older operation began in stacks inside and nobody goes on with: its process died,
 * and the operation that took over failed before it came to them.
 */
final class OpenInside {
  /** Said of what was begun and is left where it is. */
  static final String NOT_FINISHED =
      "not finished: the next operation failed before it came to this";

  private OpenInside() {}

  /**
   * Ends it in all stacks inside one, however deep. An operation that is in the queue is somebody
   * else's, such as of a scaling policy, and goes on.
   *
   * @param stackId whose operation has ended all its steps, so that nothing of it runs inside
   * @param ids of events
   */
  static void end(Handle handle, String stackId, Instant now, Supplier<String> ids) {
    for (Stack inside : StackTable.ofOwner(handle, stackId)) {
      Optional<Operation> open =
          OperationTable.find(handle, inside.operationId())
              .filter(operation -> !operation.state().isOver());
      boolean queued =
          open.filter(each -> SchedulerTable.isQueued(handle, OperationTable.TASK, each.id()))
              .isPresent();
      if (!queued) {
        end(handle, inside.id(), now, ids);
        open.ifPresent(operation -> end(handle, inside, operation, now, ids));
      }
    }
  }

  private static void end(
      Handle handle, Stack stack, Operation operation, Instant now, Supplier<String> ids) {
    OperationEnd.supersede(handle, operation.id(), now);
    StackTable.update(
        handle,
        Stacks.withStatus(stack, stack.action(), Status.FAILED, NOT_FINISHED),
        stack.fence());
    EventTable.insert(
        handle,
        Journal.stackEvent(ids.get(), stack, stack.action(), Status.FAILED, NOT_FINISHED, now));
    for (ResourceRecord resource : ResourceTable.ofStack(handle, stack.id())) {
      if (resource.status() == Status.IN_PROGRESS) {
        ResourceRecord ended =
            Records.of(resource)
                .state(resource.action(), Status.FAILED, NOT_FINISHED)
                .at(now)
                .build();
        ResourceTable.save(handle, ended);
        SoftwareDeployments.cancel(handle, ended.id(), now);
        EventTable.insert(handle, Journal.event(ids.get(), ended, NOT_FINISHED));
      }
    }
  }
}
