package io.hotpod.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/** Bounds what a text that means harm may cost. */
public final class Promptly {
  private static final Duration BOUND = Duration.ofSeconds(1);

  private Promptly() {}

  /**
   * By the processor's clock, so that a busy machine does not count; and of two times the shorter,
   * so that loading classes does not.
   */
  public static void inASecond(Runnable work) {
    Duration first = cost(work);
    assertThat(first.compareTo(BOUND) < 0 ? first : cost(work)).isLessThan(BOUND);
  }

  private static Duration cost(Runnable work) {
    long start = processorTime();
    work.run();
    return Duration.ofNanos(processorTime() - start);
  }

  /** Nanoseconds that the calling thread has computed. */
  public static long processorTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
