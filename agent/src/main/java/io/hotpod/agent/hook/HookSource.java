package io.hotpod.agent.hook;

import io.hotpod.agent.source.AgentRequest;
import io.hotpod.agent.source.AnswerWriter;
import io.hotpod.agent.source.Source;
import io.hotpod.agent.source.SourceException;
import io.hotpod.agent.source.heat.Expectation;
import io.hotpod.agent.source.heat.Judgement;
import io.hotpod.agent.source.heat.Outcome;
import io.hotpod.pod.DesiredPods;
import io.hotpod.pod.PodReport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** One desired set, and the question what becomes of one deployment in it. */
final class HookSource implements Source {
  private final DesiredPods desired;
  private final Expectation expectation;
  private final long began = System.nanoTime();
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  HookSource(DesiredPods desired, Expectation expectation) {
    this.desired = desired;
    this.expectation = expectation;
  }

  /** Completed once it is known. */
  CompletableFuture<Outcome> outcome() {
    return outcome;
  }

  @Override
  public Optional<DesiredPods> desired(long known) throws InterruptedException {
    if (known == desired.version()) {
      closed.await();
      return Optional.empty();
    }
    return Optional.of(desired);
  }

  @Override
  public void report(PodReport report) {
    if (report.desiredVersion() == desired.version()) {
      Judgement.of(expectation, report, Duration.ofNanos(System.nanoTime() - began))
          .ifPresent(outcome::complete);
    }
  }

  @Override
  public List<AgentRequest> requests() throws InterruptedException {
    closed.await();
    return List.of();
  }

  @Override
  public void answer(AgentRequest request, AnswerWriter writer) {
    throw new SourceException("a hook is asked for no logs");
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
