package io.hotpod.agent.runtime;

import io.hotpod.agent.reconcile.Observed;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.HostPorts;
import io.hotpod.pod.ModificationToken;
import io.hotpod.pod.ObservedPod;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Pods that are ready at once, in memory only; told to, it fails at removing. */
public final class InMemoryRuntime implements PodRuntime {
  public final List<ObservedPod> pods = new CopyOnWriteArrayList<>();
  public final List<String> done = new CopyOnWriteArrayList<>();
  public final AtomicBoolean silent = new AtomicBoolean();
  public final AtomicInteger failures = new AtomicInteger();

  /** Ids of pods that break whatever is done with them: when they are judged, or applied. */
  public final Set<String> breakRefusal = ConcurrentHashMap.newKeySet();

  public final Set<String> breakApply = ConcurrentHashMap.newKeySet();

  /** So many looks fail. */
  public final AtomicInteger blindness = new AtomicInteger();

  /** Contents that cannot be prepared, and why. */
  public final Map<ModificationToken, Shortfall> shortfalls = new ConcurrentHashMap<>();

  /** A preparation takes as long as it has no permit. */
  public volatile Semaphore preparation = new Semaphore(Integer.MAX_VALUE);

  private final Map<ModificationToken, DesiredPod> applied = new ConcurrentHashMap<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  @Override
  public void start() {}

  @Override
  public RuntimeHealth health() {
    return new RuntimeHealth("memory", "1", "");
  }

  @Override
  public Optional<List<ObservedPod>> observe() {
    if (blindness.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new IllegalStateException("this look fails");
    }
    return silent.get() ? Optional.empty() : Optional.of(List.copyOf(pods));
  }

  @Override
  public Optional<Shortfall> prepare(DesiredPod pod) throws InterruptedException {
    done.add("prepare " + pod.id() + " " + pod.token());
    preparation.acquire();
    return Optional.ofNullable(shortfalls.get(pod.token()));
  }

  @Override
  public Optional<String> refusal(DesiredPod pod) {
    if (breakRefusal.contains(pod.id())) {
      throw new IllegalStateException("this content breaks whoever judges it");
    }
    return Optional.empty();
  }

  @Override
  public Optional<HostPorts> hostPorts(String podId, ModificationToken token) {
    return Optional.ofNullable(applied.get(token)).map(pod -> HostPorts.of(pod.pod()));
  }

  @Override
  public void apply(DesiredPod pod) {
    if (breakApply.contains(pod.id())) {
      throw new IllegalStateException("this content breaks whoever applies it");
    }
    applied.put(pod.token(), pod);
    ObservedPod ready = Observed.ready(pod);
    if (pods.stream().noneMatch(one -> one.equals(ready))) {
      done.add("apply " + pod.id() + " " + pod.token());
      pods.add(ready);
      changed();
    }
  }

  @Override
  public void remove(String podId, ModificationToken token) {
    if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new IllegalStateException("this removal fails");
    }
    done.add("remove " + podId + " " + token);
    pods.removeIf(pod -> pod.id().equals(podId) && pod.token().equals(token));
    changed();
  }

  public void changed() {
    listeners.forEach(Runnable::run);
  }

  @Override
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  @Override
  public void logs(LogQuery query, OutputStream output) {
    throw new LogsUnavailableException("nothing is logged here");
  }

  @Override
  public void close() {}
}
