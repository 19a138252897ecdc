package io.hotpod.server.agent;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Requests that wait for one instance to fetch them: those that were made through this server, and
 * the ids of those that wait at another. Thread-safe.
 */
final class Mailbox {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final List<RelayRequest> requests = new ArrayList<>();

  /** Ids, and the time by {@link System#nanoTime} after which nobody waits any more. */
  private final Map<String, Long> elsewhere = new HashMap<>();

  /**
   * What there is to fetch.
   *
   * @param elsewhere ids of requests that wait at other servers, or did
   */
  record Taken(List<RelayRequest> here, List<String> elsewhere) {
    Taken {
      here = List.copyOf(here);
      elsewhere = List.copyOf(elsewhere);
    }

    boolean isEmpty() {
      return here.isEmpty() && elsewhere.isEmpty();
    }
  }

  void put(RelayRequest request) {
    lock.lock();
    try {
      requests.add(request);
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Remembers that a request waits at another server.
   *
   * @param patience for so long, since whoever fetches may be between two questions
   */
  void putElsewhere(String id, Duration patience) {
    requireNonNull(id, "id is null");
    lock.lock();
    try {
      forgetOld();
      elsewhere.put(id, System.nanoTime() + patience.toNanos());
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void forgetOld() {
    long now = System.nanoTime();
    elsewhere.values().removeIf(end -> end - now < 0);
  }

  void remove(RelayRequest request) {
    lock.lock();
    try {
      requests.remove(request);
    } finally {
      lock.unlock();
    }
  }

  /** One of those that were made here; empty when it is unknown or was taken already. */
  Optional<RelayRequest> take(String id) {
    lock.lock();
    try {
      Optional<RelayRequest> found =
          requests.stream().filter(request -> request.id().equals(id)).findFirst();
      found.ifPresent(requests::remove);
      return found;
    } finally {
      lock.unlock();
    }
  }

  /** Everything that is there, as soon as there is something; empty when the time is over. */
  Taken take(Duration wait) throws InterruptedException {
    long nanos = wait.toNanos();
    lock.lockInterruptibly();
    try {
      forgetOld();
      while (requests.isEmpty() && elsewhere.isEmpty() && nanos > 0) {
        nanos = arrived.awaitNanos(nanos);
      }
      Taken taken = new Taken(requests, List.copyOf(elsewhere.keySet()));
      requests.clear();
      elsewhere.clear();
      return taken;
    } finally {
      lock.unlock();
    }
  }
}
