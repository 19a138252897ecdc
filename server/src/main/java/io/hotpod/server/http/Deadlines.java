package io.hotpod.server.http;

import java.time.Duration;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Ends reading that takes too long: the thread is interrupted, which closes the connection that it
 * reads from. Thread-safe.
 *
 * <p>Every request begins some, and hardly any runs out. So the thread that watches is woken
 * neither for a new one, unless it is due before all others, nor for one that has ended: it finds
 * out when the time that it waits for is there.
 */
public final class Deadlines implements AutoCloseable {
  private static final Comparator<Deadline> BY_TIME =
      Comparator.<Deadline>comparingLong(deadline -> deadline.due)
          .thenComparingLong(deadline -> deadline.number);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition earlier = lock.newCondition();
  private final TreeSet<Deadline> running = new TreeSet<>(BY_TIME);
  private final long origin = System.nanoTime();
  private long begun;

  /** When the thread looks next, if nobody wakes it. */
  private long wakesAt = Long.MAX_VALUE;

  private boolean closed;

  /** Time that runs out. Used by the thread that it was begun on. */
  public final class Deadline implements AutoCloseable {
    private final Thread reader = Thread.currentThread();
    private final long due;
    private long number;
    private boolean over;
    private boolean fired;

    private Deadline(long due) {
      this.due = due;
    }

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
      remove(this);
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
    Deadline deadline = new Deadline(now() + time.toNanos());
    lock.lock();
    try {
      if (begun == 0) {
        Thread.ofPlatform().daemon().name("deadlines").start(this::watch);
      }
      deadline.number = begun++;
      running.add(deadline);
      if (deadline.due < wakesAt) {
        wakesAt = deadline.due;
        earlier.signal();
      }
    } finally {
      lock.unlock();
    }
    return deadline;
  }

  private void remove(Deadline deadline) {
    lock.lock();
    try {
      running.remove(deadline);
    } finally {
      lock.unlock();
    }
  }

  private void watch() {
    lock.lock();
    try {
      while (!closed) {
        long now = now();
        while (!running.isEmpty() && running.first().due <= now) {
          running.removeFirst().fire();
        }
        wakesAt = running.isEmpty() ? Long.MAX_VALUE : running.first().due;
        // For so long at the most: whoever has less time wakes it.
        boolean _ = earlier.await(wakesAt - now, TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** Grows from zero, so that it can be compared. */
  private long now() {
    return System.nanoTime() - origin;
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      earlier.signal();
    } finally {
      lock.unlock();
    }
  }
}
