package io.hotpod.engine.stack;

import org.jdbi.v3.core.Handle;

/** Gets accepted operations carried out. Thread-safe. */
public interface OperationStarter {
  /** Queues an operation in the transaction that accepts it. */
  void enqueue(Handle handle, Operation operation);

  /** Called once the transaction is committed; an older operation of the stack gives way. */
  void accepted(Operation operation);

  /** Called once it is committed that an operation is cancelled: nothing new of it is begun. */
  void cancelled(String operationId);
}
