package io.hotpod.cli.progress;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is known of a running operation: its events folded into the present state. Used by one
 * thread.
 */
final class Progress {
  /** How the reasons of pods tell that a container ended by itself. */
  private static final Pattern CRASH = Pattern.compile("CrashLoopBackOff|exit code|exited with");

  /** In events only: what others told of a resource. */
  private static final String SIGNAL = "SIGNAL";

  private final String stackName;
  private final String stackId;
  private final String action;
  private final boolean rollback;
  private final Instant startedAt;
  private final Map<String, EventView> latest = new HashMap<>();
  private final Map<String, Instant> begun = new HashMap<>();
  private final Map<String, Instant> ended = new HashMap<>();
  private String state;
  private String reason = "";
  private Optional<String> ending = Optional.empty();
  private List<ResourceView> resources = List.of();
  private List<PodView> pods = List.of();

  /**
   * An operation of which nothing was heard yet.
   *
   * @param action Heat's name of it, such as {@code CREATE}
   * @param rollback a failure is followed by a rollback
   */
  Progress(String stackName, String stackId, String action, boolean rollback, Instant startedAt) {
    this.stackName = requireNonNull(stackName, "stackName is null");
    this.stackId = requireNonNull(stackId, "stackId is null");
    this.action = requireNonNull(action, "action is null");
    this.rollback = rollback;
    this.startedAt = requireNonNull(startedAt, "startedAt is null");
    this.state = action + "_IN_PROGRESS";
  }

  /** Takes in the next event. */
  void event(EventView event, Instant now) {
    if (event.isOf(stackId)) {
      stackEvent(event);
      return;
    }
    if (event.action().equals(SIGNAL)) {
      // Something came to the resource from outside; how far the operation is with it stays as it
      // is.
      return;
    }
    latest.put(event.resource(), event);
    if (State.isRunning(event.status())) {
      begun.put(event.resource(), now);
      ended.remove(event.resource());
    } else {
      begun.putIfAbsent(event.resource(), now);
      ended.put(event.resource(), now);
    }
  }

  private void stackEvent(EventView event) {
    boolean ours = event.action().equals(action);
    boolean ofRollback = event.action().equals("ROLLBACK");
    if (!ours && !ofRollback) {
      ending = Optional.of("a newer " + word(event.action()) + " took over");
      return;
    }
    state = event.status();
    if (State.isFailed(event.status()) && (reason.isEmpty() || !ofRollback)) {
      reason = event.words();
    }
    boolean over =
        ofRollback
            ? !State.isRunning(state)
            : State.isDone(state) || (State.isFailed(state) && !rollback);
    if (over) {
      ending = Optional.of(state);
    }
  }

  /** Takes in the stack as the API shows it, for when no event tells of the end. */
  void stack(String status, String statusReason) {
    if (!State.isRunning(status) && ending.isEmpty()) {
      state = status;
      if (State.isFailed(status) && reason.isEmpty()) {
        reason = statusReason;
      }
      ending = Optional.of(status);
    }
  }

  void resources(List<ResourceView> present) {
    resources = List.copyOf(present);
  }

  void pods(List<PodView> present) {
    pods = present.stream().filter(pod -> pod.stack().equals(stackName)).toList();
  }

  String stackName() {
    return stackName;
  }

  /** {@code CREATE} and so on. */
  String action() {
    return action;
  }

  /** The stack's combined state as far as it is known. */
  String state() {
    return state;
  }

  /** Why it failed; empty when it did not, or nobody said. */
  String reason() {
    return reason;
  }

  /** How the operation ended: the state, or who took over; empty while it runs. */
  Optional<String> ending() {
    return ending;
  }

  /** Whether what was asked for is so. */
  boolean succeeded() {
    return ending.map((action + "_COMPLETE")::equals).orElse(false);
  }

  List<ResourceView> resources() {
    return resources;
  }

  /** Pods of a resource of this stack. */
  List<PodView> podsOf(String resource) {
    return pods.stream().filter(pod -> pod.resource().equals(resource)).toList();
  }

  /** The last event of a resource in this operation. */
  Optional<EventView> latest(String resource) {
    return Optional.ofNullable(latest.get(resource));
  }

  /** The resource that failed because a container of its pod ended, if one did. */
  Optional<String> crashed() {
    return latest.values().stream()
        .filter(event -> State.isFailed(event.status()))
        .filter(event -> CRASH.matcher(event.reason()).find())
        .map(EventView::resource)
        .sorted()
        .findFirst();
  }

  /** How long this operation has worked, or had to work, on a resource. */
  Duration spentOn(String resource, Instant now) {
    Instant from = begun.get(resource);
    if (from == null) {
      return Duration.ZERO;
    }
    return Duration.between(from, ended.getOrDefault(resource, now));
  }

  Duration spent(Instant now) {
    return Duration.between(startedAt, now);
  }

  private static String word(String action) {
    return action.toLowerCase(java.util.Locale.ROOT);
  }
}
