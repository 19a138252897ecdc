package io.hotpod.server.http;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Ends reading that takes too long: the thread is interrupted, which closes the connection that it
 * reads from. Thread-safe.
 */
public final class Deadlines implements AutoCloseable {
  private final ScheduledThreadPoolExecutor timer;

  public Deadlines() {
    timer =
        new ScheduledThreadPoolExecutor(
            1, work -> Thread.ofPlatform().daemon().name("deadlines").unstarted(work));
    timer.setRemoveOnCancelPolicy(true);
  }

  /** Time that runs out. Used by the thread that it was begun on. */
  public static final class Deadline implements AutoCloseable {
    private final Thread reader = Thread.currentThread();
    private boolean over;
    private boolean fired;
    private Future<?> alarm = java.util.concurrent.CompletableFuture.completedFuture(null);

    private Deadline() {}

    private synchronized void fire() {
      if (!over) {
        fired = true;
        reader.interrupt();
      }
    }

    /** Whether the time ran out. */
    public synchronized boolean fired() {
      return fired;
    }

    /** The reading has ended; an interruption that came too late is taken back. */
    @Override
    public void close() {
      alarm.cancel(false);
      synchronized (this) {
        over = true;
        if (fired && Thread.currentThread() == reader) {
          Thread.interrupted();
        }
      }
    }
  }

  /** Begins a deadline for the current thread. */
  public Deadline begin(Duration time) {
    Deadline deadline = new Deadline();
    deadline.alarm = timer.schedule(deadline::fire, time.toMillis(), TimeUnit.MILLISECONDS);
    return deadline;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
