package io.hotpod.engine.run;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.hotpod.engine.keeping.Housekeeping;
import io.hotpod.engine.servers.Servers;
import io.hotpod.engine.stack.Operation;
import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.DatabaseAwayException;
import io.hotpod.engine.store.OperationTable;
import io.hotpod.engine.store.SchedulerTable;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
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

  /** What is picked is carried out at once; what is not after that long was never handed on. */
  private static final Duration PICK_TO_RUN = Duration.ofMillis(500);

  /** The pause before the first repetition of what broke off; each later one is twice as long. */
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

  private static final Duration DRAIN = Duration.ofSeconds(10);

  private final Scheduler scheduler;
  private final Database database;
  private final QueueTime time;
  private final Servers servers;
  private final String name;
  private final Semaphore news = new Semaphore(0);
  private final Thread looking;

  /** What wait for the database, or to try again. */
  private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();

  /** What is carried out here, by the id of the operation. */
  private final Set<String> held = ConcurrentHashMap.newKeySet();

  private final AtomicBoolean lookingAfterPicks = new AtomicBoolean();
  private volatile boolean closed;

  /**
   * @param servers among which this one is an owner
   * @param housekeeping run by one server at a time, now and then
   * @param run carries an operation out, given its id, and ends it, with which it leaves the queue;
   *     a throw means that it is tried again
   * @param lookAgain asks what others decided about what is carried out here, every few seconds
   */
  OperationQueue(
      Database database,
      Clock clock,
      Servers servers,
      Consumer<String> run,
      Runnable lookAgain,
      Housekeeping housekeeping) {
    this.database = database;
    this.time = new QueueTime(database, clock);
    this.servers = servers;
    this.name = "server-" + servers.id();
    CustomTask<Void> task =
        Tasks.custom(OperationTable.TASK, Void.class)
            .onFailure(this::tryLater)
            .onDeadExecutionRevive()
            .execute(
                (instance, context) -> {
                  held.add(instance.getId());
                  try {
                    run(run, instance.getId());
                  } finally {
                    held.remove(instance.getId());
                  }
                  // It left the queue in the transaction that ended it.
                  return (complete, operations) -> {};
                });
    RecurringTask<Void> rounds =
        Tasks.recurring("housekeeping", FixedDelay.of(housekeeping.retention().interval()))
            .execute((instance, context) -> housekeeping.run());
    SchedulerBuilder builder =
        Scheduler.create(database.schedulerSource(), task)
            .startTasks(rounds)
            .addSchedulerListener(new Presence(servers, time, lookAgain))
            .jdbcCustomization(database.schedulerCustomization())
            .clock(time)
            .schedulerName(new SchedulerName.Fixed(name))
            .threads(OPERATIONS_AT_ONCE)
            .executorService(
                Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().uncaughtExceptionHandler(this::pickFailed).factory()))
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

  /**
   * What breaks off is tried again by its owner, who need not ask the database for it first. Only
   * an owner that others may have taken for dead meanwhile leaves it to the queue, and that once
   * the database can be written.
   */
  private void run(Consumer<String> run, String operationId) {
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        run.accept(operationId);
        return;
      } catch (RuntimeException e) {
        awaitDatabase();
        if (!isStillOwned(e) || !paused(pause)) {
          throw e;
        }
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(RETRY_AFTER) < 0 ? doubled : RETRY_AFTER;
      }
    }
  }

  private boolean isStillOwned(RuntimeException failure) {
    return database.isExclusive() || !wasAway(failure);
  }

  private static boolean wasAway(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof DatabaseAwayException) {
        return true;
      }
    }
    return false;
  }

  /**
   * Gives an execution back. What the database broke off waited for it already, so that it is due
   * at once, to whichever server is first: not more often than the database is found again.
   */
  private void tryLater(ExecutionComplete complete, ExecutionOperations<Void> operations) {
    boolean atOnce = complete.getCause().filter(OperationQueue::wasAway).isPresent();
    operations.reschedule(
        complete, complete.getTimeDone().plus(atOnce ? Duration.ZERO : RETRY_AFTER));
    if (atOnce) {
      poke();
    }
  }

  /** Returns false when the queue is closed meanwhile. */
  private boolean paused(Duration pause) {
    Thread self = Thread.currentThread();
    waiting.add(self);
    try {
      if (closed) {
        return false;
      }
      Thread.sleep(pause);
      return !closed;
    } catch (InterruptedException e) {
      return false;
    } finally {
      waiting.remove(self);
    }
  }

  /**
   * The scheduler could not write that it takes an operation up, or was not told that it is
   * written. It would look again in a few seconds; and what counts as taken up, once the owner
   * counts as dead.
   */
  private void pickFailed(Thread thread, Throwable failure) {
    LOG.warn("an operation could not be taken up; it is looked for again", failure);
    if (!closed && lookingAfterPicks.compareAndSet(false, true)) {
      Thread.ofVirtual().name("operation-queue-picks").start(this::lookAfterPicks);
    }
  }

  private void lookAfterPicks() {
    try {
      awaitDatabase();
      Set<String> idle = new HashSet<>(picked());
      if (paused(PICK_TO_RUN)) {
        idle.retainAll(picked());
        idle.removeAll(held);
        idle.forEach(this::release);
      }
    } catch (RuntimeException e) {
      LOG.debug("what was taken up cannot be looked through", e);
    } finally {
      lookingAfterPicks.set(false);
      poke();
    }
  }

  private List<String> picked() {
    return database.read(handle -> SchedulerTable.pickedBy(handle, OperationTable.TASK, name));
  }

  private void release(String operationId) {
    database
        .writer()
        .write(
            handle -> {
              SchedulerTable.release(
                  handle,
                  database.schedulerCustomization(),
                  OperationTable.TASK,
                  operationId,
                  name,
                  time.now());
              return operationId;
            });
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
                SchedulerTable.releaseAll(handle, database.schedulerCustomization(), time.now());
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
        handle, database.schedulerCustomization(), OperationTable.TASK, operation.id(), time.now());
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
    closed = true;
    looking.interrupt();
    waiting.forEach(Thread::interrupt);
    scheduler.stop();
    servers.leave();
  }
}
