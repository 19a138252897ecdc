package io.hotpod.agent.runtime;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends threads that end when they are interrupted. */
public final class Threads {
  private static final Logger LOG = LoggerFactory.getLogger(Threads.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private Threads() {}

  /** Interrupts the thread and waits a while for its end; one that never started is left alone. */
  public static void end(Thread thread) {
    if (thread.getState() == Thread.State.NEW) {
      return;
    }
    thread.interrupt();
    try {
      boolean ended = thread.join(PATIENCE);
      if (!ended) {
        LOG.warn("thread {} does not end", thread.getName());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
