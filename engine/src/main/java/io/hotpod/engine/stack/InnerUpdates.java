package io.hotpod.engine.stack;

import io.hotpod.engine.event.Event;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.DefinitionTable;
import io.hotpod.engine.store.EventTable;
import io.hotpod.engine.store.OperationTable;
import io.hotpod.engine.store.ResourceTable;
import io.hotpod.engine.store.StackTable;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.node.ObjectNode;

/** Updates of inner stacks that come from inside and not from their outer stack. Thread-safe. */
public final class InnerUpdates {
  private final Database database;
  private final Supplier<String> ids;
  private final OperationStarter starter;

  public InnerUpdates(Database database, Supplier<String> ids, OperationStarter starter) {
    this.database = database;
    this.ids = ids;
    this.starter = starter;
  }

  /**
   * Takes an update on, as long as nothing happened to the stack since it was read: whoever came
   * first has it, and the fence of the stack tells.
   *
   * @param stack as it was read
   * @param data what resources remember of the update, written with it
   * @return whether it was taken on
   */
  public boolean accept(
      Stack stack,
      StackDefinition wanted,
      Operation operation,
      Map<ResourceRecord, ObjectNode> data) {
    boolean accepted =
        database
            .writer()
            .write(
                handle -> {
                  if (!isStill(handle, stack)) {
                    return false;
                  }
                  write(handle, stack, wanted, operation);
                  data.forEach(
                      (resource, now) -> ResourceTable.changeData(handle, resource.id(), now));
                  return true;
                });
    if (accepted) {
      starter.accepted(operation);
    }
    return accepted;
  }

  private static boolean isStill(Handle handle, Stack stack) {
    return StackTable.find(handle, stack.id())
        .filter(found -> found.fence() == stack.fence())
        .filter(found -> found.operationId().equals(stack.operationId()))
        .filter(found -> found.status() != Status.IN_PROGRESS)
        .flatMap(found -> ResourceTable.find(handle, found.id()))
        .filter(InnerUpdates::takesUpdates)
        .isPresent();
  }

  /**
   * Whether the resource that a stack is inside of lets it be changed from elsewhere. One that is
   * being changed itself would undo that with its next batch.
   */
  public static boolean takesUpdates(ResourceRecord owner) {
    return owner.status() != Status.IN_PROGRESS && !owner.isSuspended();
  }

  private void write(Handle handle, Stack stack, StackDefinition wanted, Operation operation) {
    DefinitionTable.insert(handle, wanted);
    Stack started =
        Stacks.started(stack, operation.action(), operation.id(), operation.acceptedAt());
    StackTable.update(
        handle,
        Stacks.redefined(
            started,
            wanted.id(),
            stack.description(),
            Optional.of(stack.definitionId()),
            stack.timeout(),
            true,
            stack.tags()),
        stack.fence());
    OperationTable.insert(handle, operation);
    EventTable.insert(
        handle,
        new Event(
            ids.get(),
            0,
            stack.id(),
            operation.acceptedAt(),
            stack.name(),
            Event.STACK_TYPE,
            stack.id(),
            operation.action(),
            Status.IN_PROGRESS,
            "Stack UPDATE started"));
    starter.enqueue(handle, operation);
  }
}
