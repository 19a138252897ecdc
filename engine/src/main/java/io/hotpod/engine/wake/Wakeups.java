package io.hotpod.engine.wake;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Lets threads wait for things to happen elsewhere in the server. Whoever changes something wakes
 * its topic after the change is durable; whoever waits asks its condition again. Thread-safe.
 */
public final class Wakeups {
  /** A wake-up of another server can get lost with that server. */
  private static final Duration ASK_AGAIN = Duration.ofSeconds(30);

  private static final Duration FOREVER = Duration.ofDays(3650);

  private final Map<String, Set<Waiter>> waiters = new ConcurrentHashMap<>();
  private final List<Observer> observers = new CopyOnWriteArrayList<>();
  private final Relay relay;
  private final Duration askAgain;

  /** For a server that is alone. */
  public Wakeups() {
    this(Relay.NONE);
  }

  /**
   * @param relay carries wake-ups to other servers
   */
  public Wakeups(Relay relay) {
    this.relay = relay;
    this.askAgain = relay.reachesOthers() ? ASK_AGAIN : FOREVER;
  }

  private record Observer(Predicate<String> topics, Runnable work) {}

  /** Told of each wake of what it waits for. */
  interface Waiter {
    void wake();
  }

  private static final class Sleeper implements Waiter {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private boolean signal;

    @Override
    public void wake() {
      lock.lock();
      try {
        signal = true;
        woken.signalAll();
      } finally {
        lock.unlock();
      }
    }

    /** Waits for the next wake since the last call. */
    void sleep(long nanos) throws InterruptedException {
      lock.lock();
      try {
        long left = nanos;
        while (!signal && left > 0) {
          left = woken.awaitNanos(left);
        }
        signal = false;
      } finally {
        lock.unlock();
      }
    }
  }

  /** Makes everybody who waits for a topic ask again, on the other servers too. */
  public void wake(String topic) {
    wakeHere(topic);
    relay.publish(topic);
  }

  /**
   * Has something done whenever one of some topics is woken in this server, or may have been.
   *
   * @param work must not block
   */
  public void observe(Predicate<String> topics, Runnable work) {
    observers.add(new Observer(topics, work));
  }

  /** How long whoever waits may sleep before it should look by itself. */
  public Duration longestSleep() {
    return askAgain;
  }

  /** Makes everybody who waits in this server ask again, whatever for. */
  public void wakeEverybody() {
    List.copyOf(waiters.keySet()).forEach(this::wakeHere);
    observers.forEach(observer -> observer.work().run());
  }

  /** {@link #wake(String)} in this server only. */
  public void wakeHere(String topic) {
    Set<Waiter> waiting = waiters.get(topic);
    if (waiting != null) {
      List.copyOf(waiting).forEach(Waiter::wake);
    }
    for (Observer observer : observers) {
      if (observer.topics().test(topic)) {
        observer.work().run();
      }
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
    Sleeper sleeper = new Sleeper();
    List<String> joined = List.copyOf(topics);
    join(joined, sleeper);
    try {
      long end = System.nanoTime() + saturatedNanos(limit);
      while (true) {
        Optional<T> value = condition.get();
        if (value.isPresent()) {
          return value;
        }
        long left = end - System.nanoTime();
        if (left <= 0) {
          return Optional.empty();
        }
        sleeper.sleep(Math.min(left, askAgain.toNanos()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      leave(joined, sleeper);
    }
  }

  /** Begins to hear of topics, without a thread; to be ended. */
  public Watch watch(Collection<String> topics) {
    Watch watch = new Watch(this, List.copyOf(topics));
    join(watch.topics(), watch);
    return watch;
  }

  private void join(List<String> topics, Waiter waiter) {
    for (String topic : topics) {
      waiters.compute(
          topic,
          (key, present) -> {
            Set<Waiter> waiting = present == null ? ConcurrentHashMap.newKeySet() : present;
            waiting.add(waiter);
            return waiting;
          });
    }
  }

  void leave(List<String> topics, Waiter waiter) {
    for (String topic : topics) {
      waiters.computeIfPresent(
          topic,
          (key, waiting) -> {
            waiting.remove(waiter);
            return waiting.isEmpty() ? null : waiting;
          });
    }
  }

  private static long saturatedNanos(Duration limit) {
    return limit.compareTo(FOREVER) > 0 ? FOREVER.toNanos() : Math.max(0, limit.toNanos());
  }
}
