package io.hotpod.agent.reconcile;

import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.HostPorts;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodPhase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is to be done to get from what is to what should be. Pure: the same sets give the same
 * tasks, in the order of the desired set, removals of what is in no set first.
 */
final class Diff {
  private final DesiredIndex desired;
  private final Map<String, List<ObservedPod>> observed;
  private final Function<DesiredPod, Optional<String>> refusal;
  private final Function<ObservedPod, Optional<HostPorts>> held;

  private Diff(
      DesiredIndex desired,
      List<ObservedPod> observed,
      Function<DesiredPod, Optional<String>> refusal,
      Function<ObservedPod, Optional<HostPorts>> held) {
    this.refusal = refusal;
    this.held = held;
    this.desired = desired;
    this.observed = observed.stream().collect(Collectors.groupingBy(ObservedPod::id));
  }

  /**
   * @param observed every pod of the instance of which anything is left
   * @param refusal why a content can never be a pod; asked only for pods that are not there
   * @param held the ports of the machine that a pod has; empty when nobody knows
   */
  static List<Task> tasks(
      DesiredIndex desired,
      List<ObservedPod> observed,
      Function<DesiredPod, Optional<String>> refusal,
      Function<ObservedPod, Optional<HostPorts>> held) {
    Diff diff = new Diff(desired, observed, refusal, held);
    List<Task> tasks = new ArrayList<>();
    for (ObservedPod pod : observed) {
      if (desired.pod(pod.id()).isEmpty() && !pod.terminating()) {
        tasks.add(new Task.Remove(pod.id(), pod.token(), "it is in no desired set any more"));
      }
    }
    for (DesiredPod pod : desired.set().pods()) {
      diff.decide(pod, tasks);
    }
    return tasks;
  }

  /** A content that nobody foresaw is refused, and is not in the way of the other pods. */
  private void decide(DesiredPod pod, List<Task> tasks) {
    List<Task> own = new ArrayList<>();
    try {
      one(pod, own);
    } catch (RuntimeException e) {
      own = List.of(new Task.Refuse(pod, "its manifest cannot be worked with: " + e));
    }
    tasks.addAll(own);
  }

  private void one(DesiredPod pod, List<Task> tasks) {
    List<ObservedPod> mine = observed.getOrDefault(pod.id(), List.of());
    if (!pod.run()) {
      stop(pod, mine, tasks);
      return;
    }
    Optional<String> problem = desired.problem(pod);
    if (problem.isPresent()) {
      tasks.add(new Task.Refuse(pod, problem.get()));
      return;
    }
    Optional<ObservedPod> same =
        mine.stream().filter(present -> present.token().equals(pod.token())).findFirst();
    List<ObservedPod> others =
        mine.stream().filter(present -> !present.token().equals(pod.token())).toList();
    if (same.isPresent() && same.get().terminating()) {
      tasks.add(new Task.Hold(pod, "the pod before it is still being removed"));
      return;
    }
    // Podman's list of pods survives a boot of the machine, and a start of it follows the order.
    Optional<String> awaited = same.filter(ObservedPod::stopped).flatMap(present -> obstacle(pod));
    if (awaited.isPresent()) {
      tasks.add(new Task.Hold(pod, awaited.get()));
      return;
    }
    if (same.isPresent()) {
      tasks.add(new Task.Keep(pod, "its content is unchanged"));
      superseded(pod, same.get(), others, tasks);
      return;
    }
    Optional<String> refused = refusal.apply(pod);
    if (refused.isPresent()) {
      tasks.add(new Task.Refuse(pod, refused.get()));
    } else if (others.isEmpty()) {
      tasks.add(
          obstacle(pod)
              .<Task>map(reason -> new Task.Hold(pod, reason))
              .orElseGet(() -> new Task.Create(pod, "it is not there")));
    } else {
      replace(pod, others, tasks);
    }
  }

  /** What needs a pod goes before it, where both are to be stopped. */
  private void stop(DesiredPod pod, List<ObservedPod> mine, List<Task> tasks) {
    if (mine.isEmpty()) {
      return;
    }
    Optional<DesiredPod> needing =
        desired.set().pods().stream()
            .filter(other -> !other.run() && other.after().contains(pod.id()))
            .filter(other -> !observed.getOrDefault(other.id(), List.of()).isEmpty())
            .min(Comparator.comparing(DesiredPod::id));
    if (needing.isPresent()) {
      tasks.add(
          new Task.Hold(
              pod, "it is stopped once pod " + Placeholders.name(needing.get()) + " is gone"));
      return;
    }
    for (ObservedPod present : mine) {
      if (!present.terminating()) {
        tasks.add(new Task.Remove(pod.id(), present.token(), "it is suspended"));
      }
    }
  }

  /** The new one is there: what is older goes, under START_FIRST once the new one is ready. */
  private void superseded(
      DesiredPod pod, ObservedPod current, List<ObservedPod> others, List<Task> tasks) {
    for (ObservedPod old : others) {
      boolean early = !ready(current) && old.ready() && obstacle(pod, old).isEmpty();
      if (!old.terminating() && !early) {
        tasks.add(
            new Task.Remove(
                pod.id(),
                old.token(),
                Coexistence.isWanted(pod) && ready(current)
                    ? "the new pod is ready"
                    : "a newer pod took its place"));
      }
    }
  }

  private void replace(DesiredPod pod, List<ObservedPod> others, List<Task> tasks) {
    Optional<String> obstacle = obstacle(pod);
    if (obstacle.isPresent()) {
      tasks.add(new Task.Hold(pod, obstacle.get() + "; the pod before it is kept until then"));
      return;
    }
    int before = tasks.size();
    boolean free = true;
    for (ObservedPod old : others) {
      Optional<String> inTheWay = obstacle(pod, old);
      free &= inTheWay.isEmpty();
      if (inTheWay.isPresent() && !old.terminating()) {
        tasks.add(new Task.Replace(pod, old.token(), inTheWay.get()));
      }
    }
    if (free) {
      tasks.add(new Task.Create(pod, "its content changed; the old pod stays until it is ready"));
    } else if (tasks.size() == before) {
      tasks.add(new Task.Hold(pod, "the pod before it is still being removed"));
    }
  }

  private Optional<String> obstacle(DesiredPod pod, ObservedPod old) {
    return Coexistence.obstacle(pod, held.apply(old));
  }

  /** Why a pod cannot be started yet. */
  private Optional<String> obstacle(DesiredPod pod) {
    for (String id : pod.after()) {
      Optional<DesiredPod> before = desired.pod(id).filter(wanted -> !satisfied(wanted));
      if (before.isPresent()) {
        return Optional.of(
            "waits until pod "
                + Placeholders.name(before.get())
                + " is ready"
                + (before.get().run() ? "" : ", which is suspended"));
      }
    }
    return Optional.empty();
  }

  private boolean satisfied(DesiredPod before) {
    return observed.getOrDefault(before.id(), List.of()).stream()
        .anyMatch(pod -> pod.token().equals(before.token()) && ready(pod));
  }

  private static boolean ready(ObservedPod pod) {
    return !pod.terminating() && (pod.ready() || pod.phase() == PodPhase.SUCCEEDED);
  }
}
