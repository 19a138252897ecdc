package io.hotpod.server.agent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Requests that wait for one instance to fetch them. Thread-safe. */
final class Mailbox {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final List<RelayRequest> requests = new ArrayList<>();

  void put(RelayRequest request) {
    lock.lock();
    try {
      requests.add(request);
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void remove(RelayRequest request) {
    lock.lock();
    try {
      requests.remove(request);
    } finally {
      lock.unlock();
    }
  }

  /** Everything that is there, as soon as there is something; empty when the time is over. */
  List<RelayRequest> take(Duration wait) throws InterruptedException {
    long nanos = wait.toNanos();
    lock.lockInterruptibly();
    try {
      while (requests.isEmpty() && nanos > 0) {
        nanos = arrived.awaitNanos(nanos);
      }
      List<RelayRequest> taken = List.copyOf(requests);
      requests.clear();
      return taken;
    } finally {
      lock.unlock();
    }
  }
}
