package io.hotpod.server;

import static java.util.Objects.requireNonNull;

import io.hotpod.engine.EngineException;
import io.hotpod.engine.ErrorCode;
import io.hotpod.engine.instance.Authenticity;
import io.hotpod.engine.instance.Drain;
import io.hotpod.engine.instance.Enrolment;
import io.hotpod.engine.instance.Instance;
import io.hotpod.engine.instance.InstanceService;
import io.hotpod.engine.instance.JoinToken;
import io.hotpod.engine.instance.PodRecord;
import io.hotpod.engine.stack.Caller;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.DesiredPods;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodJson;
import io.hotpod.pod.PodReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Instances in memory; each has one pod as soon as it is enrolled. */
final class FakeInstances implements InstanceService {
  static final String POD =
      """
      {"id": "%s", "token": "token-1", "run": true, "updateStrategy": "RECREATE", "after": [],
       "configMaps": {}, "secrets": {},
       "pod": {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web"},
               "spec": {"containers": [{"name": "page", "image": "localhost/page:1"}]}}}
      """;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<String> tokens = new HashSet<>();
  private final Map<String, Instance> instances = new HashMap<>();
  private final Map<String, String> credentials = new HashMap<>();
  private final Set<String> ageing = new HashSet<>();
  private final Map<String, DesiredPods> desired = new HashMap<>();
  private final List<PodReport> reports = new ArrayList<>();
  private Optional<ObservedPod> observed = Optional.empty();

  private <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  List<PodReport> reports() {
    return locked(() -> List.copyOf(reports));
  }

  /** Gives an instance another desired set, which wakes its agent. */
  void desire(String instanceId, DesiredPods pods) {
    locked(
        () -> {
          desired.put(instanceId, pods);
          changed.signalAll();
          return pods;
        });
  }

  void observe(ObservedPod pod) {
    locked(() -> observed = Optional.of(pod));
  }

  /** Makes an instance silent. */
  void disconnect(String instanceId) {
    locked(
        () ->
            instances.computeIfPresent(
                instanceId, (id, old) -> instance(id, old.project(), old.name(), false)));
  }

  static DesiredPod pod(String id) {
    return PodJson.read(POD.formatted(id), DesiredPod.class);
  }

  private static Instance instance(String id, String project, String name, boolean connected) {
    return new Instance(
        id,
        project,
        name,
        FakeStacks.EPOCH,
        Optional.of(FakeStacks.EPOCH),
        connected,
        1,
        1,
        Optional.empty(),
        new Instance.Credential(
            FakeStacks.EPOCH, FakeStacks.EPOCH.plus(Duration.ofDays(30)), false),
        Map.of(),
        Drain.NONE);
  }

  private Instance change(Caller caller, String nameOrId, Map<String, String> labels, Drain drain) {
    Instance old = find(caller, nameOrId);
    Instance changed =
        new Instance(
            old.id(),
            old.project(),
            old.name(),
            old.enrolledAt(),
            old.lastSeenAt(),
            old.connected(),
            old.desiredVersion(),
            old.appliedVersion(),
            old.facts(),
            old.credential(),
            labels,
            drain);
    locked(() -> instances.put(old.id(), changed));
    return changed;
  }

  @Override
  public Instance label(Caller caller, String nameOrId, Map<String, Optional<String>> changes) {
    Instance old = find(caller, nameOrId);
    Map<String, String> labels = new HashMap<>(old.labels());
    changes.forEach(
        (key, value) ->
            value.ifPresentOrElse(text -> labels.put(key, text), () -> labels.remove(key)));
    return change(caller, nameOrId, labels, old.drain());
  }

  @Override
  public Instance drain(Caller caller, String nameOrId, Drain drain) {
    return change(caller, nameOrId, find(caller, nameOrId).labels(), drain);
  }

  @Override
  public boolean awaitEmpty(Caller caller, String nameOrId, Duration wait) {
    return find(caller, nameOrId).drain() == Drain.PODS_STOPPED;
  }

  @Override
  public JoinToken createJoinToken(Caller caller, Duration validFor) {
    String secret = "join-" + UUID.randomUUID();
    Instant expiresAt = FakeStacks.EPOCH.plus(validFor);
    return locked(
        () -> {
          tokens.add(secret);
          return new JoinToken(secret, expiresAt);
        });
  }

  @Override
  public Enrolment enrol(String joinToken, String name) {
    return locked(
        () -> {
          if (!tokens.remove(joinToken)) {
            throw new EngineException(ErrorCode.FORBIDDEN, "The join token is not good any more.");
          }
          String id = UUID.randomUUID().toString();
          String credential = UUID.randomUUID().toString();
          instances.put(id, instance(id, "default", name, true));
          credentials.put(id, credential);
          desired.put(id, new DesiredPods(1, List.of(pod("pod-" + name))));
          return new Enrolment(id, credential);
        });
  }

  @Override
  public Authenticity authenticate(String instanceId, String credential) {
    return locked(
        () ->
            credential.equals(credentials.get(instanceId))
                ? ageing.contains(instanceId) ? Authenticity.AGEING : Authenticity.GOOD
                : Authenticity.REFUSED);
  }

  /** The old one is void at once, which a real one is not. */
  @Override
  public String renew(String instanceId) {
    String credential = UUID.randomUUID().toString();
    return locked(
        () -> {
          ageing.remove(instanceId);
          credentials.put(instanceId, credential);
          return credential;
        });
  }

  @Override
  public void rotate(Caller caller, String nameOrId) {
    String id = find(caller, nameOrId).id();
    locked(() -> ageing.add(id));
  }

  @Override
  public Optional<DesiredPods> awaitDesired(String instanceId, long knownVersion, Duration wait) {
    long nanos = wait.toNanos();
    lock.lock();
    try {
      while (requireNonNull(desired.get(instanceId)).version() == knownVersion && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      DesiredPods pods = requireNonNull(desired.get(instanceId));
      return pods.version() == knownVersion ? Optional.empty() : Optional.of(pods);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void report(String instanceId, PodReport report) {
    locked(() -> reports.add(report));
  }

  @Override
  public List<Instance> list(Caller caller) {
    return locked(
        () ->
            instances.values().stream()
                .filter(instance -> instance.project().equals(caller.project()))
                .toList());
  }

  @Override
  public Instance find(Caller caller, String nameOrId) {
    return list(caller).stream()
        .filter(instance -> instance.name().equals(nameOrId) || instance.id().equals(nameOrId))
        .findFirst()
        .orElseThrow(
            () ->
                new EngineException(
                    ErrorCode.INSTANCE_NOT_FOUND,
                    "The Instance (" + nameOrId + ") could not be found."));
  }

  @Override
  public void remove(Caller caller, String nameOrId, boolean givingUpPods) {
    Instance instance = find(caller, nameOrId);
    if (!givingUpPods) {
      throw new EngineException(
          ErrorCode.INSTANCE_IN_USE, "The Instance (" + nameOrId + ") has pods.");
    }
    locked(() -> instances.remove(instance.id()));
  }

  @Override
  public void leave(String instanceId) {
    locked(
        () -> {
          credentials.remove(instanceId);
          return instances.remove(instanceId);
        });
  }

  @Override
  public List<PodRecord> pods(Caller caller) {
    List<PodRecord> pods = new ArrayList<>();
    for (Instance instance : list(caller)) {
      for (DesiredPod pod : locked(() -> requireNonNull(desired.get(instance.id()))).pods()) {
        pods.add(
            new PodRecord(
                pod.id(),
                instance.id(),
                instance.name(),
                "stack-id",
                "web",
                "deployment",
                pod,
                locked(() -> observed),
                instance.connected() ? Optional.empty() : instance.lastSeenAt()));
      }
    }
    return pods;
  }

  @Override
  public PodRecord pod(Caller caller, String nameOrId) {
    return pods(caller).stream()
        .filter(
            pod ->
                pod.id().equals(nameOrId)
                    || (pod.stackName() + "/" + pod.resourceName()).equals(nameOrId))
        .findFirst()
        .orElseThrow(
            () ->
                new EngineException(
                    ErrorCode.POD_NOT_FOUND, "The Pod (" + nameOrId + ") could not be found."));
  }
}
