package io.hotpod.agent.reconcile;

import io.hotpod.pod.ModificationToken;
import io.hotpod.pod.ObservedPod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one look at the pods decided. Whoever tells of a pod asks here what was decided of it, each
 * time that any pod changes, so that is found by the pod's id; most pods are only kept, of which
 * there is nothing to tell.
 */
final class Decisions {
  static final Decisions NONE = new Decisions(List.of());

  private final List<Task> all;
  private final List<Task> telling;
  private final Map<String, List<Task>> byPod;

  Decisions(List<Task> tasks) {
    all = List.copyOf(tasks);
    telling = all.stream().filter(task -> !(task instanceof Task.Keep)).toList();
    byPod = telling.stream().collect(Collectors.groupingBy(Task::podId));
  }

  List<Task> all() {
    return all;
  }

  /** Those that are more than to keep a pod as it is, in their order. */
  List<Task> telling() {
    return telling;
  }

  /** Whether the pod of that content waits for something. */
  boolean holds(ObservedPod pod) {
    return of(pod.id())
        .anyMatch(task -> task instanceof Task.Hold hold && hold.pod().token().equals(pod.token()));
  }

  /** Why a pod of that content goes before its successor comes, in spite of START_FIRST. */
  Optional<String> replaces(String podId, ModificationToken token) {
    return of(podId)
        .filter(
            task ->
                task instanceof Task.Replace replace
                    && replace.old().equals(token)
                    && Coexistence.isWanted(replace.pod()))
        .map(Task::reason)
        .findFirst();
  }

  private Stream<Task> of(String podId) {
    return byPod.getOrDefault(podId, List.of()).stream();
  }
}
