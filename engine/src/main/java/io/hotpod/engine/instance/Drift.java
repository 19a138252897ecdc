package io.hotpod.engine.instance;

import static java.util.Objects.requireNonNull;

import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodProgress;
import io.hotpod.pod.WaitFor;
import java.util.List;
import java.util.Optional;

/**
 * How a pod differs from what its stack wants.
 *
 * @param words one line for people
 * @param kind what can come of it
 */
record Drift(String words, Kind kind) {
  Drift {
    requireNonNull(words, "words is null");
    requireNonNull(kind, "kind is null");
  }

  /** What can come of a difference. */
  enum Kind {
    /** It may be over in a moment, such as while a container is started again. */
    PASSING,
    /** The agent sees to it, or waits for the machine. */
    LASTING,
    /** Nothing becomes of the pod unless it is made anew. */
    FAILED
  }

  /**
   * Compares. Pure.
   *
   * @param instance its name
   * @param connected whether its agent was heard of lately
   * @param wanted what the deployment waits for
   */
  static Optional<Drift> of(
      String instance,
      boolean connected,
      DesiredPod desired,
      List<ObservedPod> observed,
      WaitFor wanted) {
    if (!connected) {
      return Optional.of(
          new Drift("instance %s is not connected".formatted(instance), Kind.LASTING));
    }
    Optional<ObservedPod> present = PodPlacement.current(observed, List.of(desired));
    String name = desired.pod().getMetadata().getName();
    if (!desired.run()) {
      return present.map(
          pod ->
              new Drift("pod %s runs though it should be stopped".formatted(name), Kind.PASSING));
    }
    if (present.isEmpty()) {
      return Optional.of(new Drift("pod %s is missing".formatted(name), Kind.LASTING));
    }
    return switch (PodProgress.of(present.orElseThrow(), desired, wanted)) {
      case PodProgress.Reached _ ->
          PodProgress.otherImages(present.orElseThrow(), desired).stream()
              .findFirst()
              .map(words -> new Drift("pod %s: %s".formatted(name, words), Kind.FAILED));
      case PodProgress.Waiting waiting ->
          Optional.of(new Drift("pod %s: %s".formatted(name, waiting.why()), Kind.PASSING));
      case PodProgress.Failed failed ->
          Optional.of(new Drift("pod %s: %s".formatted(name, failed.why()), Kind.FAILED));
    };
  }
}
