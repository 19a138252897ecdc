package io.hotpod.engine.run;

import io.hotpod.engine.stack.Operation;
import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.OperationTable;
import io.hotpod.engine.store.SchedulerTable;
import io.hotpod.engine.wake.Wakeups;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operations that this process carries out: one a stack, the newest wins. Thread-safe. */
final class Operations implements NestedExecution {
  private static final Logger LOG = LoggerFactory.getLogger(Operations.class);

  private final Database database;
  private final Wakeups wakeups;
  private final OperationRunner runner;
  private final Map<String, Turn> turns = new ConcurrentHashMap<>();
  private final Map<String, StopSignal> running = new ConcurrentHashMap<>();
  private final Map<String, String> operationOfStack = new ConcurrentHashMap<>();
  private volatile boolean closing;

  Operations(Database database, Wakeups wakeups, OperationRunner runner) {
    this.database = database;
    this.wakeups = wakeups;
    this.runner = runner;
  }

  /** Lets the operations of one stack take their turns. */
  private static final class Turn {
    private final ReentrantLock lock = new ReentrantLock(true);
    private int users;
  }

  /**
   * Carries an operation out, after whichever of the same stack is still ending.
   *
   * @throws IllegalStateException when the server goes down before the operation ends; it is to be
   *     tried again
   */
  void execute(String operationId) {
    Optional<Operation> found = database.read(handle -> OperationTable.find(handle, operationId));
    if (found.isEmpty() || found.get().state().isOver()) {
      database
          .writer()
          .write(
              handle -> {
                SchedulerTable.remove(handle, OperationTable.TASK, operationId);
                return operationId;
              });
      return;
    }
    if (!carryOut(found.get(), new StopSignal(wakeups, operationId), Set.of())) {
      throw new IllegalStateException(
          "operation %s stops where it is and goes on later".formatted(operationId));
    }
  }

  @Override
  public boolean execute(Operation operation, StopSignal outer, Set<String> secrets) {
    supersede(operation.stackId(), operation.id());
    StopSignal stop = outer.child(operation.id());
    try {
      return carryOut(operation, stop, secrets);
    } finally {
      outer.forget(stop);
    }
  }

  private boolean carryOut(Operation operation, StopSignal stop, Set<String> secrets) {
    String operationId = operation.id();
    running.put(operationId, stop);
    Turn turn =
        turns.compute(
            operation.stackId(),
            (id, present) -> {
              Turn each = present == null ? new Turn() : present;
              each.users++;
              return each;
            });
    turn.lock.lock();
    try {
      operationOfStack.put(operation.stackId(), operationId);
      if (closing) {
        stop.stop(StopSignal.Reason.CLOSING);
      }
      return runner.run(operation, stop, this, secrets);
    } catch (RuntimeException e) {
      if (!closing) {
        LOG.error("operation {} broke off; it is tried again shortly", operationId, e);
      }
      throw e;
    } finally {
      running.remove(operationId);
      operationOfStack.remove(operation.stackId(), operationId);
      turn.lock.unlock();
      turns.computeIfPresent(operation.stackId(), (id, each) -> --each.users == 0 ? null : each);
    }
  }

  /**
   * Stops what runs here of a stack if another operation is the newest by now; that must be
   * committed. Word of an acceptance may come late, so it says only that there is something to look
   * for. Does not block.
   *
   * @param accepted the operation that was heard of
   */
  void supersede(String stackId, String accepted) {
    String present = operationOfStack.get(stackId);
    if (present != null && !present.equals(accepted)) {
      Thread.ofVirtual().name("superseding " + present).start(() -> lookAgain(Set.of(present)));
    }
  }

  /** Lets nothing new of an operation begin; that must be committed. */
  void cancel(String operationId) {
    StopSignal stop = running.get(operationId);
    if (stop != null) {
      stop.cancel();
    }
  }

  /**
   * Asks what was decided about all that runs here. Whoever decides it says so, but a server that
   * dies before it does, or a broken connection, leaves it unsaid.
   */
  void lookAgain() {
    lookAgain(Set.copyOf(running.keySet()));
  }

  private void lookAgain(Set<String> operationIds) {
    if (operationIds.isEmpty()) {
      return;
    }
    try {
      database.read(handle -> OperationTable.halted(handle, operationIds)).forEach(this::halt);
    } catch (RuntimeException e) {
      // Every few seconds it is asked for again.
      LOG.debug("what was decided cannot be asked for", e);
    }
  }

  private void halt(OperationTable.Halted operation) {
    StopSignal stop = running.get(operation.id());
    if (stop == null) {
      return;
    }
    if (operation.superseded()) {
      stop.stop(StopSignal.Reason.SUPERSEDED);
    } else {
      stop.cancel();
    }
  }

  /** Makes everything stop where it is. */
  void close() {
    closing = true;
    running.values().forEach(stop -> stop.stop(StopSignal.Reason.CLOSING));
  }
}
