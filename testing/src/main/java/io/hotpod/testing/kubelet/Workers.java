package io.hotpod.testing.kubelet;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What a kubelet does with its pods: starts and stops them one by one by their uids, and puts aside
 * for 10 to 15 s a pod whose name is still held by another uid. All methods are called with the
 * machine's lock held.
 */
final class Workers {
  private static final double REQUEUE_LEAST = 10;
  private static final double REQUEUE_MOST = 15;
  private static final double STALE_SECONDS = 0.7;

  private final FakeMachine machine;
  private final Clock clock;
  private final Map<String, Manifest> wanted = new LinkedHashMap<>();
  private final Map<String, Long> added = new HashMap<>();
  private final Map<String, Long> retryAt = new HashMap<>();
  private final Map<String, Boolean> stale = new HashMap<>();
  private boolean sourceSeen;

  Workers(FakeMachine machine, Clock clock) {
    this.machine = machine;
    this.clock = clock;
  }

  /** The pods by uid, in the order in which they came. */
  Map<String, Manifest> wanted() {
    return wanted;
  }

  /** A new set of pods, by namespace and name; of two with one uid the second is never seen. */
  void want(Map<String, Manifest> pods, long now) {
    sourceSeen = true;
    Map<String, Manifest> byUid = new LinkedHashMap<>();
    pods.values().stream()
        .sorted((one, other) -> one.file().compareTo(other.file()))
        .forEach(pod -> byUid.putIfAbsent(pod.uid(), pod));
    for (String uid : List.copyOf(wanted.keySet())) {
      if (!byUid.containsKey(uid)) {
        wanted.remove(uid);
        added.remove(uid);
        retryAt.remove(uid);
      }
    }
    byUid.forEach(
        (uid, pod) -> {
          if (!wanted.containsKey(uid)) {
            added.put(uid, now);
            retryAt.put(uid, now);
          }
          wanted.put(uid, pod);
        });
    work(now);
  }

  /** Whatever is due. Before it has seen its source, a kubelet stops nothing. */
  void work(long now) {
    if (!sourceSeen) {
      return;
    }
    for (FakeMachine.Sandbox sandbox : machine.sandboxes().values()) {
      if (!wanted.containsKey(sandbox.manifest.uid()) && sandbox.runs(now)) {
        machine.stop(sandbox, now);
      }
    }
    for (Map.Entry<String, Manifest> pod : wanted.entrySet()) {
      Long due = retryAt.get(pod.getKey());
      if (due != null && now - due >= 0) {
        begin(pod.getValue(), now);
      }
    }
  }

  private void begin(Manifest pod, long now) {
    Optional<FakeMachine.Sandbox> before = machine.remembered(pod.uid(), now);
    if (before.isPresent() && !before.get().isStopping()) {
      // It runs already: this kubelet was started again, or the content changed under one uid.
      retryAt.remove(pod.uid());
      return;
    }
    boolean stops = before.map(sandbox -> sandbox.runs(now)).orElse(false);
    if (stops || machine.isHeld(pod, now)) {
      machine.putAside(pod.uid());
      retryAt.put(pod.uid(), now + machine.pace.between(REQUEUE_LEAST, REQUEUE_MOST));
      return;
    }
    retryAt.remove(pod.uid());
    JsonNode spec = pod.pod().path("spec");
    boolean slow = !spec.path("initContainers").isEmpty();
    double start = slow ? 2.0 : machine.pace.seconds(machine.pace.between(0.8, 1.2));
    machine.start(
        new FakeMachine.Sandbox(
            pod,
            now,
            clock.instant(),
            start,
            before.map(sandbox -> sandbox.carriedRestarts + 1).orElse(0)));
    stale.put(pod.uid(), before.isPresent());
  }

  /** When this kubelet saw the pod first. */
  long added(String uid) {
    return added.getOrDefault(uid, 0L);
  }

  /** Whether the status of an earlier life under the same uid is still shown. */
  boolean isStale(FakeMachine.Sandbox sandbox, long now) {
    return stale.getOrDefault(sandbox.manifest.uid(), false)
        && now - sandbox.startedAt < machine.pace.nanos(STALE_SECONDS);
  }

  /** The processes of a pod that this kubelet shows. */
  Optional<FakeMachine.Sandbox> sandbox(String uid) {
    return Optional.ofNullable(machine.sandboxes().get(uid))
        .filter(sandbox -> !sandbox.isStopping());
  }

  /** When something is due next; far away when nothing is. */
  long nextDue(long now) {
    List<Long> due = new ArrayList<>(retryAt.values());
    return due.stream().mapToLong(Long::longValue).min().orElse(now + machine.pace.nanos(60));
  }

  /** The pods of which something runs, whether they are wanted or not. */
  List<Manifest> running(long now) {
    return machine.sandboxes().values().stream()
        .filter(sandbox -> sandbox.runs(now))
        .filter(sandbox -> now - sandbox.startedAt >= machine.pace.nanos(0.2))
        .map(sandbox -> sandbox.manifest)
        .toList();
  }

  Set<String> names() {
    return wanted.values().stream().map(Manifest::name).collect(Collectors.toSet());
  }
}
