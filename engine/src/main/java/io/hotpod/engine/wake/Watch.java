package io.hotpod.engine.wake;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hears of the wakes of some topics from when it is made until it is ended, and holds no thread
 * meanwhile: what waits for hours is a few hundred bytes. Thread-safe.
 */
public final class Watch implements Wakeups.Waiter {
  private final Wakeups wakeups;
  private final List<String> topics;
  private boolean woken;
  private @Nullable Runnable work;
  private @Nullable Future<?> timer;

  Watch(Wakeups wakeups, List<String> topics) {
    this.wakeups = wakeups;
    this.topics = topics;
  }

  List<String> topics() {
    return topics;
  }

  /**
   * Has something done once, on a thread of its own: at the next wake since it was done last, at
   * once if there was one, and at the latest after a time.
   *
   * @param latest such as the time after which a wake counts as lost
   */
  public synchronized void next(Duration latest, Runnable then) {
    if (woken) {
      woken = false;
      start(then);
      return;
    }
    work = then;
    timer = ForkJoinPool.commonPool().schedule(this::wake, latest.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public synchronized void wake() {
    if (work == null) {
      woken = true;
      return;
    }
    if (timer != null) {
      timer.cancel(false);
    }
    start(work);
    work = null;
    timer = null;
  }

  private static void start(Runnable work) {
    Thread.ofVirtual().name("woken").start(work);
  }

  /** Hears nothing any more. */
  public void end() {
    wakeups.leave(topics, this);
  }
}
