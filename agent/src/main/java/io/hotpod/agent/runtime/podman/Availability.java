package io.hotpod.agent.runtime.podman;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Whether Podman's service answers, for those who have to wait until it does. Thread-safe. */
final class Availability {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean up;
  private long generation;

  void up() {
    lock.lock();
    try {
      up = true;
      generation++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void down() {
    lock.lock();
    try {
      up = false;
    } finally {
      lock.unlock();
    }
  }

  boolean isUp() {
    lock.lock();
    try {
      return up;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits after a call failed: until the service was heard again, or for a few seconds where nobody
   * noticed that it was away.
   */
  void awaitRecovery() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long seen = generation;
      long left = LONGEST_WAIT.toNanos();
      while (generation == seen && (!up || left > 0)) {
        left = changed.awaitNanos(Math.max(left, TimeUnit.MILLISECONDS.toNanos(1000)));
      }
    } finally {
      lock.unlock();
    }
  }
}
