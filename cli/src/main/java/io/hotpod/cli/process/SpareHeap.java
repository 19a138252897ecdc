package io.hotpod.cli.process;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives back what a burst of work left of the heap. The collector of small processes lets the heap
 * grow before it looks for what is dead in it, and looks no more once the process is idle, as
 * agents and most servers are for nearly all of their lives. A process that works is left alone.
 */
public final class SpareHeap implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SpareHeap.class);

  /** Longer than a start of many pods takes. */
  private static final Duration PAUSE = Duration.ofSeconds(15);

  /** The most processor time in a pause of a process that is idle. */
  private static final Duration IDLE = PAUSE.dividedBy(50);

  /** Growth that is not worth a look, in bytes. */
  private static final long LITTLE = 8 << 20;

  private final Thread thread;
  private long kept;
  private Duration used;

  /**
   * @param size of the heap now, in bytes
   * @param processor time that the process has used
   */
  SpareHeap(long size, Duration processor) {
    kept = size;
    used = processor;
    thread = Thread.ofVirtual().name("spare-heap").unstarted(this::run);
  }

  /** Begins to look after the heap of this process, until it is closed. */
  public static SpareHeap start() {
    SpareHeap spare = new SpareHeap(Runtime.getRuntime().totalMemory(), processorTime());
    spare.thread.start();
    return spare;
  }

  /** One that is not told counts as none: then the heap's growth alone decides. */
  private static Duration processorTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private void run() {
    Runtime runtime = Runtime.getRuntime();
    try {
      for (; ; ) {
        Thread.sleep(PAUSE);
        if (due(runtime.totalMemory(), processorTime())) {
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
   * Whether the heap has grown since it was looked through, and the process does nothing now.
   *
   * @param size of the heap now, in bytes
   * @param processor time that the process has used
   */
  boolean due(long size, Duration processor) {
    boolean idle = processor.minus(used).compareTo(IDLE) <= 0;
    used = processor;
    return idle && size > kept + LITTLE;
  }

  /**
   * It was looked through.
   *
   * @param size of the heap after that
   */
  void kept(long size) {
    kept = size;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
