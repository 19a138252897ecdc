package io.hotpod.cli.process;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of a process that stays. A signal to end (SIGTERM, SIGINT) closes them, the last first,
 * and the process ends with 0.
 */
final class Running implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Running.class);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  /** Read without the lock: what a signal closes may take a while to close. */
  private volatile boolean closed;

  Running() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::end, "end"));
  }

  /**
   * Takes over a part that was started.
   *
   * @return the part
   * @throws IllegalStateException when the process is ending already; the part is closed
   */
  synchronized <T extends AutoCloseable> T add(T part) {
    requireNonNull(part, "part is null");
    if (closed) {
      close(part);
      throw new IllegalStateException("The process is ending.");
    }
    parts.push(part);
    return part;
  }

  /**
   * Runs what starts the process and keeps it. What breaks in it because a signal closes its parts
   * at the same time is no failure: the process was told to stop and stops.
   */
  void run(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException failure) {
      if (!closed) {
        throw failure;
      }
      LOG.debug("broken off while stopping", failure);
    }
  }

  /** Returns when the process is about to end. */
  void await() {
    try {
      ended.await();
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    while (!parts.isEmpty()) {
      close(parts.pop());
    }
    ended.countDown();
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception failure) {
      LOG.warn("{} did not close well", part.getClass().getSimpleName(), failure);
    }
  }

  private void end() {
    boolean signalled;
    synchronized (this) {
      signalled = !closed;
      close();
    }
    if (signalled) {
      // Being told to stop and stopping is a success; the machine alone would end with 143.
      Runtime.getRuntime().halt(0);
    }
  }
}
