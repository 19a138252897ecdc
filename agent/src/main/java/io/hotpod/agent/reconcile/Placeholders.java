package io.hotpod.agent.reconcile;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.hotpod.agent.runtime.Shortfall;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.DesiredPods;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodPhase;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is said of pods that should be there and that no runtime shows. */
final class Placeholders {
  /** As {@link io.hotpod.pod.PodProgress} judges containers. */
  private static final int TOO_MANY_FAILURES = 3;

  private static final Set<String> FINAL_REASONS = Set.of("ErrImageNeverPull", "InvalidImageName");

  private Placeholders() {}

  /** The runtime was never heard: nobody knows which of them are there. */
  static List<ObservedPod> unknown(DesiredPods desired) {
    return desired.pods().stream()
        .filter(DesiredPod::run)
        .map(
            pod ->
                placeholder(
                    pod,
                    PodPhase.UNKNOWN,
                    "RuntimeUnavailable",
                    "the instance's container runtime does not answer"))
        .toList();
  }

  /** What the pod is called; its id where its manifest says nothing. */
  static String name(DesiredPod pod) {
    return Optional.ofNullable(pod.pod().getMetadata()).map(ObjectMeta::getName).orElse(pod.id());
  }

  static ObservedPod held(Task.Hold hold) {
    return placeholder(hold.pod(), PodPhase.PENDING, "Waiting", hold.reason());
  }

  /** A content for which an older pod serves on; failed where more of the same is no hope. */
  static ObservedPod unprepared(Preparations.Missed missed) {
    Shortfall shortfall = missed.shortfall();
    boolean hopeless =
        missed.times() >= TOO_MANY_FAILURES || FINAL_REASONS.contains(shortfall.reason());
    return placeholder(
        missed.pod(),
        hopeless ? PodPhase.FAILED : PodPhase.PENDING,
        shortfall.reason(),
        shortfall.message() + "; the pod before it is kept until then");
  }

  static ObservedPod refused(Task.Refuse refusal) {
    return placeholder(refusal.pod(), PodPhase.FAILED, "InvalidManifest", refusal.reason());
  }

  private static ObservedPod placeholder(
      DesiredPod pod, PodPhase phase, String reason, String message) {
    return ObservedPod.outline(pod.id(), name(pod), pod.token(), phase, reason, message);
  }
}
