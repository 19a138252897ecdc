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
    // The processor's clock, so that a busy machine is no finding.
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
    long end = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    if (end - start > LONGEST.toNanos()) {
      throw new IllegalStateException("took " + Duration.ofNanos(end - start));
    }
  }
}
