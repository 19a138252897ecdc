package io.hotpod.testing.kubelet;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.JsonNode;

/**
 * A kubelet without an API server: reads a directory, plays pods on a machine, and tells of them as
 * a real one of release 1.31 does. Killing it leaves the machine as it is.
 */
public final class FakeKubelet implements AutoCloseable {
  private static final String NODE = "labnode";
  private static final long WORK_MILLIS = 5;

  private final FakeMachine machine;
  private final Workers workers;
  private final PodSource source;
  private final PodView view;
  private final KubeletServer server;
  private final AtomicBoolean dead = new AtomicBoolean();
  private final ScheduledThreadPoolExecutor work =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("fake-kubelet").factory());

  private FakeKubelet(FakeMachine machine, Path manifests, Access access, int port, int readOnly)
      throws IOException {
    this.machine = machine;
    Clock clock = Clock.systemUTC();
    workers = new Workers(machine, clock);
    source = new PodSource(manifests, NODE, machine, this::want);
    view = new PodView(machine, workers, NODE, clock);
    server = new KubeletServer(machine, workers, view, access, manifests, port, readOnly);
  }

  /** One that lets everybody in, at free ports. */
  public static FakeKubelet start(FakeMachine machine, Path manifests) throws IOException {
    return start(machine, manifests, Access.OPEN, 0, 0);
  }

  /**
   * @param port with TLS; 0 for a free one
   * @param readOnly port with plain HTTP; 0 for a free one
   */
  public static FakeKubelet start(
      FakeMachine machine, Path manifests, Access access, int port, int readOnly)
      throws IOException {
    FakeKubelet kubelet = new FakeKubelet(machine, manifests, access, port, readOnly);
    kubelet.source.start();
    kubelet.schedule();
    kubelet.server.start();
    return kubelet;
  }

  private void schedule() {
    ScheduledFuture<?> _ =
        work.scheduleWithFixedDelay(
            () -> locked(() -> workers.work(System.nanoTime())),
            WORK_MILLIS,
            WORK_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  private void want(Map<String, Manifest> pods) {
    locked(() -> workers.want(pods, System.nanoTime()));
  }

  private void locked(Runnable action) {
    machine.lock.lock();
    try {
      if (!dead.get()) {
        action.run();
      }
    } finally {
      machine.lock.unlock();
    }
  }

  /** Such as {@code https://127.0.0.1:40123}. */
  public URI url() {
    return server.url();
  }

  /** The port without TLS, which tells pods only. */
  public URI readOnlyUrl() {
    return server.readOnlyUrl();
  }

  /** What it wrote into its log of files that it does not take. */
  public List<String> log() {
    return source.log();
  }

  /** Whether it shows a pod whose name begins so, with a uid other than one, as ready. */
  public boolean isReady(String name, String otherThan) {
    machine.lock.lock();
    try {
      long now = System.nanoTime();
      return workers.wanted().values().stream()
          .filter(pod -> pod.name().startsWith(name) && !pod.uid().equals(otherThan))
          .map(pod -> view.of(pod, now).path("status").path("conditions"))
          .flatMap(JsonNode::valueStream)
          .anyMatch(
              condition ->
                  condition.path("type").asString("").equals("Ready")
                      && condition.path("status").asString("").equals("True"));
    } finally {
      machine.lock.unlock();
    }
  }

  /** The uid of the pod whose name begins so; empty when there is none. */
  public Optional<String> uid(String name) {
    machine.lock.lock();
    try {
      return workers.wanted().values().stream()
          .filter(pod -> pod.name().startsWith(name))
          .map(Manifest::uid)
          .findFirst();
    } finally {
      machine.lock.unlock();
    }
  }

  /** Ends it as SIGKILL does: from one moment to the next, nothing is said or done any more. */
  public void kill() {
    machine.lock.lock();
    try {
      dead.set(true);
    } finally {
      machine.lock.unlock();
    }
    work.shutdownNow();
    server.close();
    try {
      source.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("the watch of the directory does not end", e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
