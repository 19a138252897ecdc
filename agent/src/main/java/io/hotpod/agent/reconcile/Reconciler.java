package io.hotpod.agent.reconcile;

import io.hotpod.agent.runtime.Gathering;
import io.hotpod.agent.runtime.Loop;
import io.hotpod.agent.runtime.PodRuntime;
import io.hotpod.agent.runtime.Shortfall;
import io.hotpod.agent.runtime.Threads;
import io.hotpod.agent.runtime.Wakeup;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.DesiredPods;
import io.hotpod.pod.ModificationToken;
import io.hotpod.pod.ObservedPod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at desired and observed pods whenever one of them changed, and on a timer, and has the
 * difference carried out: each pod by a worker of its own, so that none waits for another. Before
 * the first desired set is known, nothing is done. Thread-safe.
 */
public final class Reconciler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
  private static final Duration TIMER = Duration.ofSeconds(30);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

  private final PodRuntime runtime;
  private final Wakeup wakeup = new Wakeup();
  private final Set<String> busy = ConcurrentHashMap.newKeySet();
  private final Map<String, Thread> workers = new ConcurrentHashMap<>();
  private final Preparations preparations = new Preparations();
  private final Thread thread;
  private final Runnable changed;
  private volatile Optional<DesiredIndex> desired = Optional.empty();
  private volatile Decisions decisions = Decisions.NONE;

  /**
   * @param changed is run when what {@link #observe} says may have changed
   */
  public Reconciler(PodRuntime runtime, Runnable changed) {
    this.runtime = runtime;
    this.changed = changed;
    runtime.onChange(wakeup::signal);
    runtime.onChange(changed);
    thread = Loop.unstarted("reconciler", this::once);
  }

  public void start() {
    thread.start();
  }

  /** From now on this is what should be. */
  public void desire(DesiredPods pods) {
    runtime.desire(pods);
    desired = Optional.of(new DesiredIndex(pods));
    wakeup.signal();
  }

  /** Version of the newest set that was taken over; 0 for none. */
  public long version() {
    return desired.map(wanted -> wanted.set().version()).orElse(0L);
  }

  /** All pods: those that are there, and those that should be and are not. */
  public List<ObservedPod> observe() {
    Optional<List<ObservedPod>> present = runtime.observe();
    if (present.isEmpty()) {
      return desired.map(wanted -> Placeholders.unknown(wanted.set())).orElse(List.of());
    }
    List<ObservedPod> all = new ArrayList<>();
    Decisions decided = decisions;
    for (ObservedPod pod : present.get()) {
      // What it waits for says more of a pod than that nothing of it runs.
      if (!(pod.stopped() && decided.holds(pod))) {
        all.add(remark(pod, decided).map(pod::saying).orElse(pod));
      }
    }
    for (Task task : decided.telling()) {
      if (task instanceof Task.Refuse refusal) {
        all.add(Placeholders.refused(refusal));
      } else if (task instanceof Task.Replace replace) {
        preparations.of(replace.pod()).map(Placeholders::unprepared).ifPresent(all::add);
      } else if (task instanceof Task.Hold hold
          && all.stream().noneMatch(pod -> pod.id().equals(hold.podId()))) {
        all.add(Placeholders.held(hold));
      }
    }
    return all;
  }

  /** What the update strategy is to this pod, where it cannot be followed. */
  private Optional<String> remark(ObservedPod pod, Decisions decided) {
    return decided
        .replaces(pod.id(), pod.token())
        .or(() -> desired.flatMap(wanted -> wanted.remark(pod.id())));
  }

  private Optional<DesiredPod> wanted(String podId) {
    return desired.flatMap(wanted -> wanted.pod(podId));
  }

  private void once() throws InterruptedException {
    pass();
    Thread.sleep(Gathering.of(decisions.all().size()));
    wakeup.await(preparations.next(TIMER));
  }

  private void pass() {
    Optional<List<ObservedPod>> observed = runtime.observe();
    Optional<DesiredIndex> wanted = desired;
    if (observed.isEmpty() || wanted.isEmpty()) {
      return;
    }
    List<Task> before = decisions.all();
    List<Task> now =
        new ArrayList<>(
            Diff.tasks(
                wanted.get(),
                observed.get(),
                runtime::refusal,
                pod -> runtime.hostPorts(pod.id(), pod.token())));
    now.replaceAll(task -> carriedOut(task, before));
    decisions = new Decisions(now);
    preparations.keepOnly(now);
    if (!now.equals(before)) {
      changed.run();
    }
  }

  /**
   * What one pod makes go wrong must not stop the others.
   *
   * @return the task, or what became of it
   */
  private Task carriedOut(Task task, List<Task> before) {
    try {
      carryOut(task, before);
      return task;
    } catch (RuntimeException e) {
      Task failed =
          task instanceof Task.Create create
              ? new Task.Hold(create.pod(), "it cannot be started: " + e + "; trying again")
              : task;
      if (failed.equals(task) || !before.contains(failed)) {
        LOG.error("pod {}: unexpected", task.podId(), e);
      }
      return failed;
    }
  }

  private void carryOut(Task task, List<Task> before) {
    switch (task) {
      case Task.Keep keep -> runtime.apply(keep.pod());
      case Task.Create create -> {
        LOG.info("pod {}: creating, because {}", create.podId(), create.reason());
        runtime.apply(create.pod());
      }
      case Task.Replace replace -> {
        if (preparations.due(replace.pod()) || !serves(replace.podId(), replace.old())) {
          remove(replace, replace.old(), Optional.of(replace.pod()));
        }
      }
      case Task.Remove remove -> remove(remove, remove.token(), Optional.empty());
      case Task.Refuse refusal -> {
        if (!before.contains(refusal)) {
          LOG.warn("pod {}: refused, {}", refusal.podId(), refusal.reason());
        }
      }
      case Task.Hold hold -> {
        if (!before.contains(hold)) {
          LOG.info("pod {}: not yet, {}", hold.podId(), hold.reason());
        }
      }
    }
  }

  /**
   * @param successor what is to take its place
   */
  private void remove(Task task, ModificationToken token, Optional<DesiredPod> successor) {
    String key = task.podId() + "\n" + token.value();
    if (!busy.add(key)) {
      return;
    }
    LOG.info("pod {}: removing, because {}", task.podId(), task.reason());
    Thread worker =
        Thread.ofVirtual()
            .name("remove-" + task.podId())
            .unstarted(() -> remove(key, task.podId(), token, successor));
    workers.put(key, worker);
    worker.start();
  }

  /** Again until it is gone: a pod that was asked to go is not forgotten. */
  private void remove(
      String key, String podId, ModificationToken token, Optional<DesiredPod> successor) {
    try {
      if (successor.isPresent()) {
        Optional<Shortfall> shortfall = prepare(successor.get());
        if (!wants(podId, successor.get().token())) {
          return;
        }
        if (shortfall.isPresent() && serves(podId, token)) {
          preparations.missed(successor.get(), shortfall.get());
          changed.run();
          return;
        }
      }
      for (; ; ) {
        try {
          runtime.remove(podId, token);
          return;
        } catch (RuntimeException e) {
          LOG.warn("pod {}: cannot be removed, trying again: {}", podId, e.getMessage());
          Thread.sleep(AFTER_FAILURE);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("removing pod {} was left to the next run", podId);
    } finally {
      workers.remove(key);
      busy.remove(key);
      wakeup.signal();
    }
  }

  /** While the old pod still serves: fetching an image may take long. */
  private Optional<Shortfall> prepare(DesiredPod successor) throws InterruptedException {
    try {
      return runtime.prepare(successor);
    } catch (RuntimeException e) {
      LOG.warn("pod {}: cannot be prepared: {}", successor.id(), e.getMessage());
      return Optional.empty();
    }
  }

  /** Whether there would be something to lose. */
  private boolean serves(String podId, ModificationToken token) {
    return runtime.observe().stream()
        .flatMap(List::stream)
        .anyMatch(pod -> pod.id().equals(podId) && pod.token().equals(token) && pod.ready());
  }

  /** Whether the newest set wants a pod of this content. */
  public boolean wants(String podId, ModificationToken token) {
    return wanted(podId).filter(pod -> pod.run() && pod.token().equals(token)).isPresent();
  }

  @Override
  public void close() {
    Threads.end(thread);
    List<Thread> removing = List.copyOf(workers.values());
    removing.forEach(Thread::interrupt);
    removing.forEach(Threads::end);
  }
}
