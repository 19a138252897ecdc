package io.hotpod.testing.kubelet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What runs on the machine. It survives its kubelet, as containers do. Thread-safe; the kubelet
 * takes the lock around what belongs together.
 */
public final class FakeMachine {
  /** A container runtime knows a uid for so long after its pod ended. */
  private static final double REMEMBERED_SECONDS = 10;

  final ReentrantLock lock = new ReentrantLock();
  final Pace pace;
  private final double releasedAfter;
  private final Map<String, Sandbox> sandboxes = new LinkedHashMap<>();
  private final Map<String, Integer> starts = new HashMap<>();
  private final List<String> violations = new ArrayList<>();
  private final List<String> putAside = new ArrayList<>();

  /** One pod's processes. */
  static final class Sandbox {
    final Manifest manifest;
    final long startedAt;
    final java.time.Instant time;
    final double startSeconds;
    final int carriedRestarts;
    long stopsAt = Long.MAX_VALUE;

    Sandbox(
        Manifest manifest,
        long startedAt,
        java.time.Instant time,
        double startSeconds,
        int carriedRestarts) {
      this.manifest = manifest;
      this.startedAt = startedAt;
      this.time = time;
      this.startSeconds = startSeconds;
      this.carriedRestarts = carriedRestarts;
    }

    boolean runs(long now) {
      return now - stopsAt < 0;
    }

    boolean isStopping() {
      return stopsAt != Long.MAX_VALUE;
    }
  }

  public FakeMachine(Pace pace) {
    this(pace, 0);
  }

  /**
   * @param releasedAfter seconds for which a kubelet keeps a stopped pod's name, while it unmounts
   *     volumes
   */
  public FakeMachine(Pace pace, double releasedAfter) {
    this.pace = pace;
    this.releasedAfter = releasedAfter;
  }

  /** How many pods of a name without its node were started. */
  public int starts(String name) {
    lock.lock();
    try {
      return starts.entrySet().stream()
          .filter(entry -> entry.getKey().startsWith(name + "-"))
          .mapToInt(Map.Entry::getValue)
          .sum();
    } finally {
      lock.unlock();
    }
  }

  /** The names, with their node, of the pods of which something runs now. */
  public List<String> running() {
    lock.lock();
    try {
      long now = System.nanoTime();
      return sandboxes.values().stream()
          .filter(sandbox -> sandbox.runs(now))
          .map(sandbox -> sandbox.manifest.name())
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /**
   * When the newest pod of a name was started, by {@link System#nanoTime}; empty when there is
   * none.
   */
  public OptionalLong startedAt(String name) {
    lock.lock();
    try {
      return sandboxes.values().stream()
          .filter(sandbox -> sandbox.manifest.name().startsWith(name + "-"))
          .mapToLong(sandbox -> sandbox.startedAt)
          .max();
    } finally {
      lock.unlock();
    }
  }

  /** Nothing runs any more. Its kubelet has to be ended before. */
  public void powerOff() {
    lock.lock();
    try {
      sandboxes.clear();
    } finally {
      lock.unlock();
    }
  }

  /**
   * When the newest pod of a name stopped that was asked to, by {@link System#nanoTime}; empty when
   * none was.
   */
  public OptionalLong stoppedAt(String name) {
    lock.lock();
    try {
      return sandboxes.values().stream()
          .filter(sandbox -> sandbox.manifest.name().startsWith(name + "-"))
          .filter(Sandbox::isStopping)
          .mapToLong(sandbox -> sandbox.stopsAt)
          .max();
    } finally {
      lock.unlock();
    }
  }

  /** What a writer did that it must not do. */
  public List<String> violations() {
    lock.lock();
    try {
      return List.copyOf(violations);
    } finally {
      lock.unlock();
    }
  }

  /** The uids of pods that the kubelet put aside, because their name was still taken. */
  public List<String> putAside() {
    lock.lock();
    try {
      return List.copyOf(putAside);
    } finally {
      lock.unlock();
    }
  }

  void putAside(String uid) {
    putAside.add(uid);
  }

  void violation(String words) {
    lock.lock();
    try {
      violations.add(words);
    } finally {
      lock.unlock();
    }
  }

  Map<String, Sandbox> sandboxes() {
    return sandboxes;
  }

  /** Whether a pod of another uid still has a name. */
  boolean isHeld(Manifest manifest, long now) {
    return sandboxes.values().stream()
        .anyMatch(
            other ->
                other.manifest.key().equals(manifest.key())
                    && !other.manifest.uid().equals(manifest.uid())
                    && !isReleased(other, now));
  }

  private boolean isReleased(Sandbox sandbox, long now) {
    return sandbox.isStopping() && now - sandbox.stopsAt >= pace.nanos(releasedAfter);
  }

  /** The earlier life of a uid, as long as the container runtime remembers it. */
  Optional<Sandbox> remembered(String uid, long now) {
    return Optional.ofNullable(sandboxes.get(uid))
        .filter(
            sandbox -> sandbox.runs(now) || now - sandbox.stopsAt < pace.nanos(REMEMBERED_SECONDS));
  }

  void start(Sandbox sandbox) {
    sandboxes.put(sandbox.manifest.uid(), sandbox);
    starts.merge(sandbox.manifest.name(), 1, Integer::sum);
  }

  /** Asks a pod's containers to end; a pod that is asked already is not asked again. */
  void stop(Sandbox sandbox, long now) {
    if (sandbox.isStopping()) {
      return;
    }
    double seconds = sandbox.manifest.handlesTerm() ? 0.75 : sandbox.manifest.graceSeconds() + 0.7;
    sandbox.stopsAt = now + pace.nanos(seconds);
  }
}
