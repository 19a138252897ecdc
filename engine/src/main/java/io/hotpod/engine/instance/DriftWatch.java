package io.hotpod.engine.instance;

import io.hotpod.engine.EngineException;
import io.hotpod.engine.stack.Nesting;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackSecrets;
import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.DatabaseAwayException;
import io.hotpod.engine.store.InstanceTable;
import io.hotpod.engine.store.PodTable;
import io.hotpod.engine.store.StackTable;
import io.hotpod.engine.wake.Topics;
import io.hotpod.engine.wake.Wakeups;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.WaitFor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds pods that are not what their stacks want, by themselves, and says so on every stack that is
 * concerned; a stack with the tag {@value #REPAIR} has them made anew. It looks when a report says
 * something new, and when an instance has been silent for too long. Thread-safe.
 */
public final class DriftWatch implements AutoCloseable {
  /** The tag of stacks whose failed pods are made anew. */
  public static final String REPAIR = "drift-repair";

  private static final Logger LOG = LoggerFactory.getLogger(DriftWatch.class);

  /** A pod that starts reports more than once, and nothing of that is drift. */
  private static final Duration CALM = Duration.ofMillis(250);

  /** What is over within this is not told. */
  private static final Duration GRACE = Duration.ofSeconds(3);

  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(32);

  /** Tells the thread to end; no instance has this id. */
  private static final String CLOSE = "";

  /**
   * Stands for all instances: another server on this database that alone heard one of them may be
   * gone together with it.
   */
  private static final String ALL = "*";

  private final Database database;
  private final Wakeups wakeups;
  private final Clock clock;
  private final Supplier<String> ids;
  private final StackSecrets secrets;
  private final DriftRepair repair;
  private final BlockingQueue<String> reported = new LinkedBlockingQueue<>();
  private final Thread thread;

  // Of the thread alone.
  private final Map<String, Instant> due = new HashMap<>();
  private final Map<String, Instant> firstSeen = new HashMap<>();
  private final Map<String, Repaired> repaired = new HashMap<>();

  /**
   * @param secrets what is not to be told of how pods differ
   */
  public DriftWatch(
      Database database,
      Wakeups wakeups,
      Clock clock,
      Supplier<String> ids,
      StackSecrets secrets,
      DriftRepair repair) {
    this.secrets = secrets;
    this.database = database;
    this.wakeups = wakeups;
    this.clock = clock;
    this.ids = ids;
    this.repair = repair;
    this.thread = Thread.ofVirtual().name("drift").unstarted(this::run);
  }

  /** A deployment that was made anew: not again before then. */
  private record Repaired(Instant notBefore, Duration pause) {
    Duration longerPause() {
      Duration twice = pause.multipliedBy(2);
      return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }
  }

  /** Looks at every instance, and from then on at what happens. */
  public void start() {
    reported.add(ALL);
    thread.start();
  }

  /** An instance reported something new. */
  public void reported(String instanceId) {
    reported.add(instanceId);
  }

  private void run() {
    while (true) {
      Optional<String> next = next();
      if (next.filter(CLOSE::equals).isPresent()) {
        return;
      }
      if (next.isPresent()) {
        due.put(next.get(), clock.instant());
        if (!gather()) {
          return;
        }
      }
      Instant now = clock.instant();
      List.copyOf(due.entrySet()).stream()
          .filter(entry -> !entry.getValue().isAfter(now))
          .forEach(entry -> lookAt(entry.getKey()));
    }
  }

  /**
   * Takes what is reported within a short while.
   *
   * @return false when this has to end
   */
  private boolean gather() {
    long end = System.nanoTime() + CALM.toNanos();
    try {
      for (; ; ) {
        String next = reported.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (next == null) {
          return true;
        }
        if (next.equals(CLOSE)) {
          return false;
        }
        due.put(next, clock.instant());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The next report; empty when it is time to look at something without one. */
  private Optional<String> next() {
    try {
      Optional<Instant> first = due.values().stream().min(Instant::compareTo);
      if (first.isEmpty()) {
        return Optional.of(reported.take());
      }
      long nanos = Math.max(0, Duration.between(clock.instant(), first.get()).toNanos());
      return Optional.ofNullable(reported.poll(nanos, TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(CLOSE);
    }
  }

  private void lookAt(String instanceId) {
    due.remove(instanceId);
    try {
      if (instanceId.equals(ALL)) {
        lookAtAll();
        return;
      }
      Optional<Seen> seen = database.read(handle -> see(handle, instanceId));
      seen.ifPresent(each -> take(instanceId, each));
    } catch (DatabaseAwayException e) {
      // Whoever finds that out says so; nothing that is missed here is lost.
      due.put(instanceId, clock.instant().plus(GRACE));
    } catch (RuntimeException e) {
      LOG.warn("pods on instance {} could not be looked at; again in {}", instanceId, GRACE, e);
      due.put(instanceId, clock.instant().plus(GRACE));
    }
  }

  private void lookAtAll() {
    database.read(InstanceTable::all).forEach(row -> lookAt(row.id()));
    due.put(ALL, clock.instant().plus(StoredInstanceService.SILENCE));
  }

  /** What an instance was last heard to do, and what it should. */
  private record Seen(
      InstanceTable.Row instance,
      List<PodTable.DesiredRow> desired,
      Map<String, List<ObservedPod>> observed) {}

  private static Optional<Seen> see(Handle handle, String instanceId) {
    return InstanceTable.find(handle, instanceId)
        .map(
            row -> {
              Map<String, List<ObservedPod>> observed = new HashMap<>();
              PodTable.observedOfInstance(handle, instanceId)
                  .forEach(
                      each ->
                          observed
                              .computeIfAbsent(each.pod().id(), id -> new ArrayList<>())
                              .add(each.pod()));
              List<PodTable.DesiredRow> desired =
                  PodTable.desiredOfInstance(handle, instanceId).stream()
                      .map(each -> each.with(PodRecords.now(each.pod(), row)))
                      .toList();
              return new Seen(row, desired, observed);
            });
  }

  private void take(String instanceId, Seen seen) {
    Instant now = clock.instant();
    Optional<Instant> silentAt =
        seen.instance().lastSeenAt().map(time -> time.plus(StoredInstanceService.SILENCE));
    boolean connected = silentAt.filter(now::isBefore).isPresent();
    if (connected) {
      silentAt.ifPresent(time -> due.put(instanceId, time.plusSeconds(1)));
    }
    if (seen.desired().isEmpty()) {
      return;
    }
    List<Wanted> toRepair = new ArrayList<>();
    Set<String> changed =
        database
            .writer()
            .write(
                handle -> {
                  DriftNotes notes = new DriftNotes(handle, ids, now);
                  StackSecrets.Look look = secrets.look();
                  for (PodTable.DesiredRow desired : seen.desired()) {
                    note(handle, notes, look, seen, desired, connected).ifPresent(toRepair::add);
                  }
                  return notes.changedStacks();
                });
    changed.forEach(id -> wakeups.wake(Topics.events(id)));
    toRepair.forEach(this::repair);
  }

  /** A deployment that is to be made anew. */
  private record Wanted(
      String podId, String project, String stackId, String rootId, String resource, String words) {}

  private Optional<Wanted> note(
      Handle handle,
      DriftNotes notes,
      StackSecrets.Look look,
      Seen seen,
      PodTable.DesiredRow desired,
      boolean connected) {
    String podId = desired.pod().id();
    Optional<DriftNotes.Idle> idle = notes.idle(podId);
    if (idle.isEmpty()) {
      firstSeen.remove(podId);
      return Optional.empty();
    }
    Optional<Drift> drift =
        Drift.of(
            seen.instance().name(),
            connected,
            desired.pod(),
            seen.observed().getOrDefault(podId, List.of()),
            wanted(idle.get()));
    if (drift.filter(each -> each.kind() == Drift.Kind.PASSING).isPresent()) {
      Instant since = firstSeen.computeIfAbsent(podId, key -> clock.instant());
      if (clock.instant().isBefore(since.plus(GRACE))) {
        due.merge(seen.instance().id(), since.plus(GRACE), (a, b) -> a.isBefore(b) ? a : b);
        return Optional.empty();
      }
    } else {
      firstSeen.remove(podId);
    }
    Optional<String> words =
        drift.map(each -> look.ofStack(handle, idle.get().stack().id()).apply(each.words()));
    notes.note(idle.get(), words);
    return drift
        .filter(each -> each.kind() == Drift.Kind.FAILED)
        .flatMap(each -> wanted(handle, idle.get(), words.orElseThrow()));
  }

  private static WaitFor wanted(DriftNotes.Idle deployment) {
    return WaitFor.valueOf(
        deployment.resource().properties().path("wait_for").asString(WaitFor.READY.name()));
  }

  private static Optional<Wanted> wanted(Handle handle, DriftNotes.Idle deployment, String words) {
    Stack stack = deployment.stack();
    String rootId = stack.nesting().map(Nesting::rootId).orElse(stack.id());
    return StackTable.find(handle, rootId)
        .filter(root -> root.tags().contains(REPAIR))
        .map(
            root ->
                new Wanted(
                    deployment.resource().id(),
                    stack.project(),
                    stack.id(),
                    rootId,
                    deployment.resource().name(),
                    words));
  }

  /** Begins a repair; each next one of the same pod has to wait twice as long. */
  private void repair(Wanted wanted) {
    Instant now = clock.instant();
    Optional<Repaired> before = Optional.ofNullable(repaired.get(wanted.podId()));
    if (before.filter(each -> now.isBefore(each.notBefore())).isPresent()) {
      return;
    }
    Duration pause =
        before
            .filter(each -> now.isBefore(each.notBefore().plus(LONGEST_PAUSE)))
            .map(Repaired::longerPause)
            .orElse(FIRST_PAUSE);
    try {
      repair.begin(
          wanted.project(), wanted.stackId(), wanted.rootId(), wanted.resource(), wanted.words());
      repaired.put(wanted.podId(), new Repaired(now.plus(pause), pause));
    } catch (EngineException e) {
      LOG.info(
          "pod of {} in stack {} is not made anew now: {}",
          wanted.resource(),
          wanted.stackId(),
          e.getMessage());
    }
  }

  @Override
  public void close() {
    reported.add(CLOSE);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
