package io.hotpod.agent.reconcile;

import static java.util.Objects.requireNonNull;

import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.DesiredPods;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A desired set and where each of its pods is found: one value, so that whoever reads it sees both
 * of the same set.
 */
final class DesiredIndex {
  private final DesiredPods set;
  private final Map<String, DesiredPod> byId;
  private final Map<String, Optional<String>> problems = new ConcurrentHashMap<>();
  private final Map<String, Optional<String>> remarks = new ConcurrentHashMap<>();

  DesiredIndex(DesiredPods set) {
    this.set = requireNonNull(set, "set is null");
    byId =
        set.pods().stream()
            .collect(Collectors.toUnmodifiableMap(DesiredPod::id, Function.identity()));
  }

  DesiredPods set() {
    return set;
  }

  /** The pod of that id; empty where the set has none. */
  Optional<DesiredPod> pod(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** What {@link Soundness} says of one of its pods, which is looked at once. */
  Optional<String> problem(DesiredPod pod) {
    return problems.computeIfAbsent(pod.id(), id -> Soundness.problem(pod));
  }

  /**
   * What {@link Coexistence} says of a pod, which is looked at once; empty where it is in no set.
   */
  Optional<String> remark(String id) {
    return pod(id).flatMap(pod -> remarks.computeIfAbsent(id, any -> Coexistence.remark(pod)));
  }
}
