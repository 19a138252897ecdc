package io.hotpod.engine.run;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.hotpod.engine.keeping.Housekeeping;
import io.hotpod.engine.servers.Servers;
import io.hotpod.engine.stack.Operation;
import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.OperationTable;
import io.hotpod.engine.store.SchedulerTable;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands accepted operations to one owner at a time, and to another when the owner dies.
 * Thread-safe.
 *
 * <p>An operation is queued in the transaction that accepts it, so it is accepted and will be
 * carried out, or neither.
 */
final class OperationQueue implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OperationQueue.class);

  // Bounds what one server takes on; an operation that waits costs a virtual thread and no more.
  private static final int OPERATIONS_AT_ONCE = 2_000;
  private static final double REFILL_BELOW = 0.5;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
  private static final Duration DRAIN = Duration.ofSeconds(10);

  private final Scheduler scheduler;
  private final Database database;
  private final Clock clock;
  private final Servers servers;
  private final Semaphore news = new Semaphore(0);
  private final Thread looking;

  /** What wait for the database. */
  private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();

  /**
   * @param servers among which this one is an owner
   * @param housekeeping run by one server at a time, now and then
   * @param run carries an operation out, given its id, and ends it, with which it leaves the queue;
   *     a throw means that it is tried again
   */
  OperationQueue(
      Database database,
      Clock clock,
      Servers servers,
      Consumer<String> run,
      Housekeeping housekeeping) {
    this.database = database;
    this.clock = clock;
    this.servers = servers;
    CustomTask<Void> task =
        Tasks.custom(OperationTable.TASK, Void.class)
            .onFailure(new FailureHandler.OnFailureRetryLater<>(RETRY_AFTER))
            .onDeadExecutionRevive()
            .execute(
                (instance, context) -> {
                  run(run, instance.getId());
                  // It left the queue in the transaction that ended it.
                  return (complete, operations) -> {};
                });
    RecurringTask<Void> rounds =
        Tasks.recurring("housekeeping", FixedDelay.of(housekeeping.retention().interval()))
            .execute((instance, context) -> housekeeping.run());
    SchedulerBuilder builder =
        Scheduler.create(database.schedulerSource(), task)
            .startTasks(rounds)
            .addSchedulerListener(new Presence(servers))
            .jdbcCustomization(database.schedulerCustomization())
            .schedulerName(new SchedulerName.Fixed("server-" + servers.id()))
            .threads(OPERATIONS_AT_ONCE)
            .executorService(Executors.newVirtualThreadPerTaskExecutor())
            .pollingInterval(looks(database.heartbeat()))
            .heartbeatInterval(database.heartbeat())
            .missedHeartbeatsLimit(database.missedHeartbeats())
            .shutdownMaxWait(DRAIN)
            // Whoever runs an operation says what went wrong with it.
            .failureLogging(LogLevel.DEBUG, false)
            .alwaysPersistTimestampInUTC();
    this.scheduler =
        (database.picksTogether() ? builder.pollUsingLockAndFetch(REFILL_BELOW, 1) : builder)
            .build();
    this.looking = Thread.ofVirtual().name("operation-queue").unstarted(this::look);
  }

  /** What breaks off with the database can be queued again only once that can be written. */
  private void run(Consumer<String> run, String operationId) {
    try {
      run.accept(operationId);
    } catch (RuntimeException e) {
      awaitDatabase();
      throw e;
    }
  }

  private void awaitDatabase() {
    Thread self = Thread.currentThread();
    waiting.add(self);
    try {
      database.awaitWritable();
    } catch (InterruptedException e) {
      LOG.debug("the queue of operations is closed, with the database away");
    } finally {
      waiting.remove(self);
    }
  }

  /** How often it looks by itself: for what others left, and for what is to be tried again. */
  private static Duration looks(Duration heartbeat) {
    return heartbeat.compareTo(RETRY_AFTER) < 0 ? heartbeat : RETRY_AFTER;
  }

  /** Takes up what a process before this one left undone, then whatever comes. */
  void start() {
    if (database.isExclusive()) {
      database
          .writer()
          .write(
              handle -> {
                SchedulerTable.releaseAll(
                    handle, database.schedulerCustomization(), clock.instant());
                return true;
              });
    }
    servers.arrive();
    scheduler.start();
    looking.start();
  }

  /** Queues an operation in the transaction of the handle; {@link #poke} once it is committed. */
  void enqueue(Handle handle, Operation operation) {
    SchedulerTable.enqueue(
        handle,
        database.schedulerCustomization(),
        OperationTable.TASK,
        operation.id(),
        clock.instant());
  }

  /** Makes the queue look for what was enqueued, now. */
  void poke() {
    if (news.availablePermits() == 0) {
      news.release();
    }
  }

  /** However many were enqueued meanwhile are found by one look. */
  private void look() {
    try {
      while (true) {
        news.acquire();
        scheduler.triggerCheckForDueExecutions();
      }
    } catch (InterruptedException e) {
      LOG.debug("the queue of operations is closed");
    }
  }

  @Override
  public void close() {
    looking.interrupt();
    waiting.forEach(Thread::interrupt);
    scheduler.stop();
    servers.leave();
  }
}
