package io.hotpod.engine.wake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets threads wait for things to happen elsewhere in the server. Whoever changes something wakes
 * its topic after the change is durable; whoever waits asks its condition again. Thread-safe.
 */
public final class Wakeups {
  private final Map<String, Set<Waiter>> waiters = new ConcurrentHashMap<>();

  private static final class Waiter {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private boolean signal;

    void wake() {
      lock.lock();
      try {
        signal = true;
        woken.signalAll();
      } finally {
        lock.unlock();
      }
    }

    /** Waits for the next wake since the last call. */
    boolean sleep(long nanos) throws InterruptedException {
      lock.lock();
      try {
        long left = nanos;
        while (!signal && left > 0) {
          left = woken.awaitNanos(left);
        }
        boolean wasWoken = signal;
        signal = false;
        return wasWoken;
      } finally {
        lock.unlock();
      }
    }
  }

  /** Makes everybody who waits for a topic ask again. */
  public void wake(String topic) {
    Set<Waiter> waiting = waiters.get(topic);
    if (waiting != null) {
      List.copyOf(waiting).forEach(Waiter::wake);
    }
  }

  /** {@link #wake(String)} for several topics. */
  public void wakeAll(Collection<String> topics) {
    topics.forEach(this::wake);
  }

  /**
   * Waits until a condition gives a value.
   *
   * @param condition asked at once, and after each wake; what it throws ends the wait
   * @return empty when the limit passed or the thread was interrupted
   */
  public <T> Optional<T> await(
      Collection<String> topics, Duration limit, Supplier<Optional<T>> condition) {
    Waiter waiter = new Waiter();
    List<String> joined = new ArrayList<>(topics);
    joined.forEach(
        topic ->
            waiters.compute(
                topic,
                (key, present) -> {
                  Set<Waiter> waiting = present == null ? ConcurrentHashMap.newKeySet() : present;
                  waiting.add(waiter);
                  return waiting;
                }));
    try {
      long end = System.nanoTime() + saturatedNanos(limit);
      while (true) {
        Optional<T> value = condition.get();
        if (value.isPresent()) {
          return value;
        }
        long left = end - System.nanoTime();
        if (left <= 0 || !waiter.sleep(left)) {
          return condition.get();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      joined.forEach(
          topic ->
              waiters.computeIfPresent(
                  topic,
                  (key, waiting) -> {
                    waiting.remove(waiter);
                    return waiting.isEmpty() ? null : waiting;
                  }));
    }
  }

  private static long saturatedNanos(Duration limit) {
    return limit.compareTo(Duration.ofDays(3650)) > 0
        ? TimeUnit.DAYS.toNanos(3650)
        : Math.max(0, limit.toNanos());
  }
}
