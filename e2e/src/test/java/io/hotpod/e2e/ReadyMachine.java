package io.hotpod.e2e;

import static java.util.stream.Collectors.toUnmodifiableList;

import io.hotpod.agent.source.Source;
import io.hotpod.agent.source.SourceException;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.DesiredPods;
import io.hotpod.pod.InstanceFacts;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodJson;
import io.hotpod.pod.PodPhase;
import io.hotpod.pod.PodReport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A machine on which every pod is ready at once, and gone at once. */
final class ReadyMachine implements AutoCloseable {
  private static final long PAUSE_MILLIS = 50;

  private final Source source;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private volatile DesiredPods current = DesiredPods.NONE;

  ReadyMachine(Source source) {
    this.source = source;
    this.thread = Thread.ofVirtual().name("machine").start(this::run);
  }

  /** The names of the pods that run. */
  List<String> running() {
    return current.pods().stream()
        .filter(DesiredPod::run)
        .map(ReadyMachine::name)
        .collect(toUnmodifiableList());
  }

  private static String name(DesiredPod pod) {
    return PodJson.toTree(pod.pod()).path("metadata").path("name").asString("");
  }

  private void run() {
    long known = Source.NO_VERSION;
    long sequence = 0;
    try {
      while (!closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        try {
          Optional<DesiredPods> desired = source.desired(known);
          if (desired.isPresent()) {
            current = desired.get();
            known = current.version();
          }
          source.report(report(++sequence));
        } catch (SourceException e) {
          known = current.version();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private PodReport report(long sequence) {
    return new PodReport(
        "session",
        sequence,
        current.version(),
        Instant.EPOCH,
        new InstanceFacts("machine", "1", "none", "1", ""),
        current.pods().stream().filter(DesiredPod::run).map(ReadyMachine::ready).toList());
  }

  private static ObservedPod ready(DesiredPod pod) {
    return new ObservedPod(
        pod.id(),
        name(pod),
        pod.token(),
        PodPhase.RUNNING,
        true,
        false,
        "",
        "",
        Optional.of("uid"),
        Optional.of("10.0.0.2"),
        Optional.of("10.0.0.1"),
        Optional.of(Instant.EPOCH),
        List.of(),
        List.of(),
        List.of());
  }

  @Override
  public void close() throws InterruptedException {
    closed.countDown();
    thread.interrupt();
    thread.join();
  }
}
