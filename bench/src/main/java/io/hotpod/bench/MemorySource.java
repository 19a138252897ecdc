package io.hotpod.bench;

import io.hotpod.agent.source.AgentRequest;
import io.hotpod.agent.source.AnswerWriter;
import io.hotpod.agent.source.Source;
import io.hotpod.pod.DesiredPods;
import io.hotpod.pod.PodReport;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A source in the same process: one desired set, and the newest report. */
final class MemorySource implements Source {
  private final DesiredPods pods;
  private volatile Optional<PodReport> newest = Optional.empty();
  private final CountDownLatch never = new CountDownLatch(1);

  MemorySource(DesiredPods pods) {
    this.pods = pods;
  }

  Optional<PodReport> newest() {
    return newest;
  }

  @Override
  public Optional<DesiredPods> desired(long known) throws InterruptedException {
    if (known == pods.version()) {
      never.await();
    }
    return Optional.of(pods);
  }

  @Override
  public void report(PodReport report) {
    newest = Optional.of(report);
  }

  @Override
  public List<AgentRequest> requests() throws InterruptedException {
    never.await();
    return List.of();
  }

  @Override
  public void answer(AgentRequest request, AnswerWriter writer) {
    throw new IllegalStateException("nobody asks");
  }

  @Override
  public void close() {
    never.countDown();
  }
}
