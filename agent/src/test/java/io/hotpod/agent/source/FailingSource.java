package io.hotpod.agent.source;

import io.hotpod.pod.DesiredPods;
import io.hotpod.pod.PodReport;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A source that always fails. */
public final class FailingSource implements Source {
  public final AtomicInteger failures = new AtomicInteger();

  private SourceException failure() {
    failures.incrementAndGet();
    return new SourceException("this source always fails");
  }

  @Override
  public Optional<DesiredPods> desired(long known) {
    throw failure();
  }

  @Override
  public void report(PodReport report) {
    throw failure();
  }

  @Override
  public List<AgentRequest> requests() {
    throw failure();
  }

  @Override
  public void answer(AgentRequest request, AnswerWriter writer) {
    throw failure();
  }

  @Override
  public void close() {}
}
