package io.hotpod.engine;

import io.hotpod.engine.instance.Enrolment;
import io.hotpod.engine.instance.InstanceService;
import io.hotpod.pod.ContainerImage;
import io.hotpod.pod.ContainerState;
import io.hotpod.pod.ContainerStatus;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.DesiredPods;
import io.hotpod.pod.InstanceFacts;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodHistory;
import io.hotpod.pod.PodPhase;
import io.hotpod.pod.PodReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * An instance that has every pod ready as soon as it hears of it, unless told otherwise; counts how
 * often each was started.
 */
final class FakeAgent implements AutoCloseable {
  private static final Instant EPOCH = Instant.EPOCH;

  private final InstanceService instances;
  private final String instanceId;
  private final String session;
  private final AtomicLong sequence = new AtomicLong();
  private final Map<String, ObservedPod> running = new ConcurrentHashMap<>();
  private final List<String> started = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile Function<DesiredPod, ObservedPod> runtime = FakeAgent::ready;
  private volatile boolean showOldPods;
  private volatile long version = -1;
  private volatile boolean closed;

  FakeAgent(Engine engine, String name) {
    this(engine, enrol(engine, name), name);
  }

  private FakeAgent(Engine engine, Enrolment enrolment, String name) {
    this.instances = engine.instances();
    this.instanceId = enrolment.instanceId();
    this.session = "session of " + name;
    this.thread = Thread.ofVirtual().start(this::run);
  }

  private static Enrolment enrol(Engine engine, String name) {
    return engine
        .instances()
        .enrol(
            engine
                .instances()
                .createJoinToken(EngineFixture.CALLER, Duration.ofMinutes(1))
                .secret(),
            name);
  }

  /** Decides what becomes of a pod from now on. */
  void runtime(Function<DesiredPod, ObservedPod> newRuntime) {
    this.runtime = newRuntime;
  }

  /** Reports an old pod beside the new one, as START_FIRST has it for a while. */
  void showOldPods() {
    this.showOldPods = true;
  }

  String instanceId() {
    return instanceId;
  }

  /** Names of the pods in the order in which they were started, again and again. */
  List<String> started() {
    return List.copyOf(started);
  }

  Map<String, ObservedPod> running() {
    return Map.copyOf(running);
  }

  private void run() {
    while (!closed) {
      try {
        Optional<DesiredPods> desired =
            instances.awaitDesired(instanceId, version, Duration.ofMillis(100));
        desired.ifPresent(this::take);
      } catch (RuntimeException e) {
        // An agent asks again, and tells again what it could not tell.
        version = -1;
        LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
      }
    }
  }

  private void take(DesiredPods desired) {
    List<String> wanted = new ArrayList<>();
    List<ObservedPod> old = showOldPods ? List.copyOf(running.values()) : List.of();
    for (DesiredPod pod : desired.pods()) {
      if (!pod.run()) {
        continue;
      }
      wanted.add(pod.id());
      ObservedPod present = running.get(pod.id());
      if (present == null || !present.token().equals(pod.token())) {
        started.add(pod.pod().getMetadata().getName());
        running.put(pod.id(), runtime.apply(pod));
      }
    }
    running.keySet().retainAll(wanted);
    version = desired.version();
    List<ObservedPod> all = new ArrayList<>(running.values());
    old.stream().filter(pod -> !all.contains(pod)).forEach(all::add);
    report(all);
  }

  /** Tells what runs now. */
  void report() {
    report(List.copyOf(running.values()));
  }

  private void report(List<ObservedPod> pods) {
    report(EPOCH, pods, Optional.empty());
  }

  private void report(Instant time, List<ObservedPod> pods, Optional<PodHistory> history) {
    instances.report(
        instanceId,
        new PodReport(
            session,
            sequence.incrementAndGet(),
            version,
            time,
            new InstanceFacts("host", "1", "podman", "4", ""),
            pods,
            history));
  }

  /**
   * Tells what happened, and what runs now.
   *
   * @param time on the instance's clock
   */
  void report(Instant time, PodHistory history) {
    report(time, List.copyOf(running.values()), Optional.of(history));
  }

  /** Loses a pod, as if somebody had removed it by hand. */
  void lose(String podId) {
    running.remove(podId);
    report();
  }

  /** Sees a pod as it is from now on. */
  void find(ObservedPod pod) {
    running.put(pod.id(), pod);
    report();
  }

  /** The same pod after its containers ended with an error. */
  static ObservedPod failed(ObservedPod pod) {
    ContainerState ended =
        new ContainerState.Terminated(
            1, "Error", "it broke", Optional.of(EPOCH), Optional.of(EPOCH));
    return new ObservedPod(
        pod.id(),
        pod.name(),
        pod.token(),
        PodPhase.FAILED,
        false,
        false,
        "",
        "",
        pod.uid(),
        pod.podIp(),
        pod.hostIp(),
        pod.startedAt(),
        List.of(),
        List.of(),
        pod.containers().stream()
            .map(
                container ->
                    new ContainerStatus(
                        container.name(),
                        ended,
                        Optional.empty(),
                        false,
                        true,
                        0,
                        1,
                        container.image(),
                        Optional.empty(),
                        Optional.empty()))
            .toList());
  }

  /** The same pod with containers that were made from an image, while another one may be wanted. */
  static ObservedPod madeFrom(
      ObservedPod pod, String reference, Optional<String> id, String wantedId) {
    ContainerImage image =
        new ContainerImage(
            reference, id, Optional.of(new ContainerImage.WantedImage(Optional.of(wantedId))));
    return new ObservedPod(
        pod.id(),
        pod.name(),
        pod.token(),
        pod.phase(),
        pod.ready(),
        pod.terminating(),
        pod.reason(),
        pod.message(),
        pod.uid(),
        pod.podIp(),
        pod.hostIp(),
        pod.startedAt(),
        pod.conditions(),
        pod.initContainers(),
        pod.containers().stream().map(each -> each.from(Optional.of(image))).toList());
  }

  static ObservedPod ready(DesiredPod pod) {
    return observed(pod, new ContainerState.Running(EPOCH), true, 0);
  }

  static ObservedPod waiting(DesiredPod pod, String reason, String message, int failures) {
    return observed(pod, new ContainerState.Waiting(reason, message), false, failures);
  }

  private static ObservedPod observed(
      DesiredPod pod, ContainerState state, boolean ready, int failures) {
    List<ContainerStatus> containers =
        pod.pod().getSpec().getContainers().stream()
            .map(
                container ->
                    new ContainerStatus(
                        container.getName(),
                        state,
                        Optional.empty(),
                        ready,
                        ready,
                        0,
                        failures,
                        container.getImage(),
                        Optional.empty(),
                        Optional.empty()))
            .toList();
    return new ObservedPod(
        pod.id(),
        pod.pod().getMetadata().getName(),
        pod.token(),
        ready ? PodPhase.RUNNING : PodPhase.PENDING,
        ready,
        false,
        "",
        "",
        Optional.of("uid"),
        Optional.of("10.0.0.2"),
        Optional.of("10.0.0.1"),
        Optional.of(EPOCH),
        List.of(),
        List.of(),
        containers);
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
