package io.hotpod.fuzz;

import io.hotpod.document.DocumentException;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** What a reader may do with a bad text: refuse it, with places, before it costs a second. */
final class Refusals {
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private Refusals() {}

  /**
   * Runs a reader. Whatever it throws but a refusal is a finding.
   *
   * @param located whether every problem has to have a place
   */
  static void only(boolean located, Runnable reader) {
    Duration first = cost(located, reader);
    if (first.compareTo(LONGEST) <= 0) {
      return;
    }
    // The first time pays for loading and instrumenting classes too; the text is to blame only if
    // it
    // costs as much again.
    Duration second = cost(located, reader);
    if (second.compareTo(LONGEST) > 0) {
      throw new IllegalStateException("took " + first + ", and again " + second);
    }
  }

  /** By the processor's clock, so that a busy machine is no finding. */
  private static Duration cost(boolean located, Runnable reader) {
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    try {
      reader.run();
    } catch (DocumentException refused) {
      if (refused.problems().isEmpty()) {
        throw new IllegalStateException("refused without a problem", refused);
      }
      if (located && refused.problems().stream().anyMatch(it -> it.location().isEmpty())) {
        throw new IllegalStateException("refused without a place", refused);
      }
    }
    return Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);
  }
}
