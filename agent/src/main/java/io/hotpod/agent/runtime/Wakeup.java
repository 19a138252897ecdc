package io.hotpod.agent.runtime;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets one thread wait for something to happen; what happened before it waited wakes it too. */
public final class Wakeup {
  private final Semaphore happened = new Semaphore(0);

  public void signal() {
    happened.release();
  }

  /**
   * Waits for a signal, or for the time to pass.
   *
   * @return whether there was a signal
   */
  public boolean await(Duration longest) throws InterruptedException {
    boolean signalled = happened.tryAcquire(Math.max(0, longest.toNanos()), TimeUnit.NANOSECONDS);
    happened.drainPermits();
    return signalled;
  }
}
