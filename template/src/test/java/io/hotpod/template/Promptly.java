package io.hotpod.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/** Bounds what a text that means harm may cost. */
public final class Promptly {
  private Promptly() {}

  /** By the processor's clock, so that a busy machine does not count. */
  public static void inASecond(Runnable work) {
    long start = processorTime();
    work.run();
    assertThat(Duration.ofNanos(processorTime() - start)).isLessThan(Duration.ofSeconds(1));
  }

  /** Nanoseconds that the calling thread has computed. */
  public static long processorTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
