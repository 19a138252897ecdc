package io.hotpod.agent.source.heat;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.agent.reconcile.Observed;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.DesiredPods;
import io.hotpod.pod.InstanceFacts;
import io.hotpod.pod.PodReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Time runs out by a clock that nobody sets; the times in reports are the machine's and may jump.
 */
final class TestOpenExpectations {
  private static final Expectation.Up UP =
      (Expectation.Up)
          Wanted.of(List.of(HeatConfig.of("c1", "CREATE").read()), DesiredPods.NONE)
              .expectations()
              .getFirst();

  private @TempDir Path directory;

  /** It counts from anywhere, and over its end. */
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

  private static PodReport report(long sequence, Instant time) {
    DesiredPod pod = UP.pod();
    return new PodReport(
        "s",
        sequence,
        1,
        time,
        new InstanceFacts("h", "1", "podman", "4", ""),
        List.of(Observed.unready(pod)));
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void waitingEndsWhenTheTimeIsOverAndNotBefore() throws IOException {
    SignalLedger ledger = new SignalLedger(directory.resolve("signals.json"));
    OpenExpectations open = new OpenExpectations(ledger, nanos::get);
    Instant time = Instant.parse("2026-11-01T00:00:00Z");
    open.expect(List.of(UP), 1);

    open.see(report(1, time));
    assertThat(open.judge()).isFalse();
    pass(UP.timeout().minusSeconds(1));
    open.see(report(2, time.plus(Duration.ofDays(300))));
    assertThat(open.judge()).as("the machine's clock was set ahead").isFalse();

    // Heat says the same again, which begins nothing anew.
    open.expect(List.of(UP), 1);
    pass(Duration.ofSeconds(1));
    open.see(report(3, time.minus(Duration.ofDays(300))));
    assertThat(open.judge()).as("the machine's clock was set back").isTrue();
    assertThat(ledger.pending()).extracting(SignalRecord::configId).containsExactly("c1");
  }
}
