package io.hotpod.cli.process;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives back what a burst of work left of the heap. The collector of small processes lets the heap
 * grow before it looks for what is dead in it, and looks no more once the process is idle; an agent
 * is idle for nearly all of its life.
 */
final class SpareHeap implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SpareHeap.class);

  /** Longer than a start of many pods takes. */
  private static final Duration PAUSE = Duration.ofSeconds(15);

  /** Growth that is not worth a look, in bytes. */
  private static final long LITTLE = 8 << 20;

  private final Thread thread;
  private long kept;
  private long before;

  /**
   * @param size of the heap now, in bytes
   */
  SpareHeap(long size) {
    kept = size;
    before = size;
    thread = Thread.ofVirtual().name("spare-heap").unstarted(this::run);
  }

  static SpareHeap start() {
    SpareHeap spare = new SpareHeap(Runtime.getRuntime().totalMemory());
    spare.thread.start();
    return spare;
  }

  private void run() {
    Runtime runtime = Runtime.getRuntime();
    try {
      for (; ; ) {
        Thread.sleep(PAUSE);
        if (due(runtime.totalMemory())) {
          System.gc();
          kept(runtime.totalMemory());
          LOG.debug("the heap is {} KiB now", runtime.totalMemory() >> 10);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("the heap is left as it is");
    }
  }

  /**
   * Whether the heap has grown since it was looked through, and grows no more.
   *
   * @param size of the heap now, in bytes
   */
  boolean due(long size) {
    boolean calm = size <= before;
    before = size;
    return calm && size > kept + LITTLE;
  }

  /**
   * It was looked through.
   *
   * @param size of the heap after that
   */
  void kept(long size) {
    kept = size;
    before = size;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
