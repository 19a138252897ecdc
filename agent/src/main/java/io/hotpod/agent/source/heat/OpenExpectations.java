package io.hotpod.agent.source.heat;

import io.hotpod.pod.PodReport;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * What Heat waits for, held against what is seen. A judgement is on the disk before it is sent. For
 * one thread at a time.
 */
final class OpenExpectations {
  private final SignalLedger ledger;
  private final LongSupplier nanos;
  private final Map<String, Long> since = new HashMap<>();
  private List<Expectation> expectations = List.of();
  private long version;
  private Optional<PodReport> newest = Optional.empty();

  /**
   * @param nanos a clock that nobody sets, as {@link System#nanoTime}
   */
  OpenExpectations(SignalLedger ledger, LongSupplier nanos) {
    this.ledger = ledger;
    this.nanos = nanos;
  }

  /**
   * Heat waits for this now.
   *
   * @param wanted in the set of that version
   */
  void expect(List<Expectation> wanted, long inVersion) {
    expectations = wanted;
    version = inVersion;
    long now = nanos.getAsLong();
    since
        .keySet()
        .retainAll(wanted.stream().map(each -> each.deployment().id()).collect(Collectors.toSet()));
    wanted.forEach(each -> since.putIfAbsent(each.deployment().id(), now));
  }

  void see(PodReport report) {
    newest = Optional.of(report);
  }

  /**
   * Judges what can be judged.
   *
   * @return whether there is something to send
   */
  boolean judge() throws IOException {
    if (newest.isEmpty() || newest.get().desiredVersion() < version) {
      return false;
    }
    boolean any = false;
    long now = nanos.getAsLong();
    for (Expectation expectation : expectations) {
      HeatDeployment deployment = expectation.deployment();
      if (ledger.has(deployment.id())) {
        continue;
      }
      Duration waited = Duration.ofNanos(now - since.getOrDefault(deployment.id(), now));
      Optional<Outcome> outcome = Judgement.of(expectation, newest.get(), waited);
      if (outcome.isPresent()) {
        ledger.put(
            new SignalRecord(
                deployment.id(),
                deployment.title(),
                deployment.transport(),
                outcome.get().outputs(),
                false));
        any = true;
      }
    }
    return any;
  }
}
