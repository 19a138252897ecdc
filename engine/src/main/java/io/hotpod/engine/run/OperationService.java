package io.hotpod.engine.run;

import io.hotpod.engine.Retries;
import io.hotpod.engine.keeping.Housekeeping;
import io.hotpod.engine.resource.nested.TemplateTypes;
import io.hotpod.engine.servers.Servers;
import io.hotpod.engine.stack.Definitions;
import io.hotpod.engine.stack.Operation;
import io.hotpod.engine.stack.OperationStarter;
import io.hotpod.engine.store.Database;
import io.hotpod.engine.wake.Topics;
import io.hotpod.engine.wake.Wakeups;
import java.time.Clock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;

/** Carries out accepted operations until it is closed. Thread-safe. */
public final class OperationService implements OperationStarter, AutoCloseable {
  private final OperationQueue queue;
  private final Operations operations;
  private final Wakeups wakeups;

  /**
   * @param nestedDepth how deep stacks may be inside of stacks
   * @param retries of steps whose failure may pass
   * @param random that spreads them
   * @param servers among which this one is
   * @param housekeeping which one server at a time does
   */
  public OperationService(
      Database database,
      TemplateTypes types,
      Definitions definitions,
      Wakeups wakeups,
      Clock clock,
      Supplier<String> ids,
      int nestedDepth,
      Retries retries,
      RandomGenerator random,
      Servers servers,
      Housekeeping housekeeping) {
    this.wakeups = wakeups;
    this.queue =
        new OperationQueue(database, clock, servers, this::execute, this::lookAgain, housekeeping);
    OperationEnd end = new OperationEnd(database, queue, wakeups, clock, ids, definitions, types);
    this.operations =
        new Operations(
            database,
            wakeups,
            new OperationRunner(
                database,
                types,
                definitions,
                wakeups,
                clock,
                ids,
                end,
                nestedDepth,
                new Attempts(retries, random)));
  }

  private void execute(String operationId) {
    operations.execute(operationId);
  }

  /** Takes up what was left undone. */
  public void start() {
    queue.start();
  }

  @Override
  public void enqueue(Handle handle, Operation operation) {
    queue.enqueue(handle, operation);
  }

  @Override
  public void accepted(Operation operation) {
    operations.supersede(operation.stackId(), operation.id());
    wakeups.wake(Topics.accepted(operation.stackId(), operation.id()));
    queue.poke();
  }

  @Override
  public void cancelled(String operationId) {
    operations.cancel(operationId);
    wakeups.wake(Topics.cancelled(operationId));
  }

  /** Makes good what it could not hear of; does not block. */
  public void missed() {
    Thread.ofVirtual().name("operations-missed").start(operations::lookAgain);
  }

  private void lookAgain() {
    operations.lookAgain();
  }

  /** Hears of a topic that another server woke. */
  public void heard(String topic) {
    Topics.readAccepted(topic)
        .ifPresent(newest -> operations.supersede(newest.stackId(), newest.operationId()));
    Topics.readCancelled(topic).ifPresent(operations::cancel);
  }

  /** Makes everything stop where it is; it goes on when a server starts again. */
  @Override
  public void close() {
    operations.close();
    queue.close();
  }
}
