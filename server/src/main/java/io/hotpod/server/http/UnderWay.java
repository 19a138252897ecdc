package io.hotpod.server.http;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts the requests that are being answered, until no more are let in. Thread-safe. */
final class UnderWay {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition none = lock.newCondition();
  private int count;
  private boolean closing;

  /** Counts one more; false when no more are let in. Each is to be ended either way. */
  boolean begin() {
    lock.lock();
    try {
      count++;
      return !closing;
    } finally {
      lock.unlock();
    }
  }

  void end() {
    lock.lock();
    try {
      count--;
      if (count == 0) {
        none.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Lets no more in, and waits until those that were are answered, or the time is over. */
  void close(Duration longest) throws InterruptedException {
    long nanos = longest.toNanos();
    lock.lockInterruptibly();
    try {
      closing = true;
      while (count > 0 && nanos > 0) {
        nanos = none.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }
}
