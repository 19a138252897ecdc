package io.hotpod.agent.source;

import io.hotpod.pod.DesiredPods;
import io.hotpod.pod.PodReport;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A source that offers what a test puts in and keeps what it is told. */
public final class InMemorySource implements Source {
  public final BlockingQueue<DesiredPods> offers = new LinkedBlockingQueue<>();
  public final List<Long> asked = new CopyOnWriteArrayList<>();
  public final List<PodReport> reports = new CopyOnWriteArrayList<>();
  public final AtomicBoolean away = new AtomicBoolean();

  /** Whether whoever reports learns that the report arrived. */
  public final AtomicBoolean answers = new AtomicBoolean(true);

  public final AtomicInteger refusals = new AtomicInteger();

  @Override
  public Optional<DesiredPods> desired(long known) throws InterruptedException {
    asked.add(known);
    return Optional.of(offers.take());
  }

  @Override
  public void report(PodReport report) {
    if (away.get()) {
      refusals.incrementAndGet();
      throw new SourceException("away");
    }
    reports.add(report);
    if (!answers.get()) {
      throw new SourceException("no answer");
    }
  }

  @Override
  public List<AgentRequest> requests() throws InterruptedException {
    Thread.sleep(Long.MAX_VALUE);
    return List.of();
  }

  @Override
  public void answer(AgentRequest request, AnswerWriter writer) {}

  @Override
  public void close() {}
}
