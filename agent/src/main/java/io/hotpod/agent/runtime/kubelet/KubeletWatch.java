package io.hotpod.agent.runtime.kubelet;

import io.hotpod.agent.runtime.Threads;
import io.hotpod.agent.runtime.Wakeup;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Asks a kubelet what it sees, again and again, since it tells nothing by itself: often while
 * something is under way, once a second otherwise. Thread-safe.
 */
final class KubeletWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KubeletWatch.class);
  private static final int SLOWER = 5;

  /** A kubelet whose restart fell between two questions. */
  private static final Duration READ_AGAIN = Duration.ofMinutes(10);

  private final KubeletApi api;
  private final KubeletTimings timings;
  private final Consumer<KubeletView> listener;
  private final Runnable changed;
  private final Wakeup wakeup = new Wakeup();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong busyUntil;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition seen = lock.newCondition();
  private final Thread thread;
  private Optional<KubeletView> full = Optional.empty();
  private volatile Optional<KubeletView> newest = Optional.empty();
  private volatile String problem = "the kubelet was not asked yet";
  private volatile String version = "";
  private long versionRead = System.nanoTime();

  /**
   * @param listener is given each view, in order, by one thread
   * @param changed is run when {@link #problem} changes
   */
  KubeletWatch(
      KubeletApi api, KubeletTimings timings, Consumer<KubeletView> listener, Runnable changed) {
    this.api = api;
    this.timings = timings;
    this.listener = listener;
    this.changed = changed;
    busyUntil = new AtomicLong(System.nanoTime());
    thread = Thread.ofVirtual().name("kubelet-watch").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  Optional<KubeletView> newest() {
    return newest;
  }

  /** Why the kubelet does not answer; empty while it does. */
  String problem() {
    return problem;
  }

  /** The kubelet's release; empty while it was never heard. */
  String version() {
    return version;
  }

  /** Something was done that the kubelet will show soon. Never blocks. */
  void hurry() {
    busyUntil.set(System.nanoTime() + timings.busyFor().toNanos());
    wakeup.signal();
  }

  /**
   * Waits for a view of which every question was sent after a moment, running pods included where
   * the kubelet tells. As long as the kubelet is silent, this waits.
   *
   * @param after by {@link System#nanoTime}
   */
  KubeletView next(long after) throws InterruptedException {
    waiting.incrementAndGet();
    wakeup.signal();
    lock.lockInterruptibly();
    try {
      while (full.isEmpty() || full.get().begun() - after <= 0) {
        seen.await();
      }
      return full.get();
    } finally {
      lock.unlock();
      waiting.decrementAndGet();
    }
  }

  private void run() {
    try {
      for (; ; ) {
        pass();
        wakeup.await(pause());
      }
    } catch (InterruptedException e) {
      LOG.debug("the kubelet is watched no longer");
    }
  }

  private Duration pause() {
    if (!problem.isEmpty()) {
      return timings.busyPoll().multipliedBy(SLOWER);
    }
    if (busyUntil.get() - System.nanoTime() > 0) {
      return timings.busyPoll();
    }
    // What takes long, such as a grace period of an hour, is not asked for twenty times a second.
    return waiting.get() > 0 ? timings.busyPoll().multipliedBy(SLOWER) : timings.idlePoll();
  }

  private void pass() throws InterruptedException {
    try {
      boolean whole = waiting.get() > 0;
      long begun = System.nanoTime();
      List<JsonNode> pods = api.pods();
      Optional<List<RunningPod>> running = whole ? api.runningPods() : Optional.empty();
      // One that was away may have come back as another release.
      if (!problem.isEmpty() || begun - versionRead > READ_AGAIN.toNanos()) {
        version = api.version().orElse("unknown");
        versionRead = begun;
      }
      KubeletView view = new KubeletView(begun, System.nanoTime(), pods, running);
      newest = Optional.of(view);
      answered("");
      listener.accept(view);
      if (whole) {
        tell(view);
      }
    } catch (KubeletUnavailableException e) {
      answered(e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("what the kubelet says cannot be taken in", e);
      answered("what the kubelet says cannot be taken in: " + e);
    }
  }

  private void tell(KubeletView view) {
    lock.lock();
    try {
      full = Optional.of(view);
      seen.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void answered(String now) {
    if (now.equals(problem)) {
      return;
    }
    if (now.isEmpty()) {
      LOG.info("the kubelet answers");
    } else {
      LOG.warn("{}", now);
    }
    problem = now;
    changed.run();
  }

  @Override
  public void close() {
    Threads.end(thread);
    api.close();
  }
}
