package io.hotpod.agent.report;

import io.hotpod.agent.runtime.PodKey;
import io.hotpod.pod.ContainerStatus;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodPhase;
import io.hotpod.pod.PodProgress;
import io.hotpod.pod.RestartPolicy;
import io.hotpod.pod.WaitFor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Tells what happened to pods since they were noted. A pod that fails again and again is told of
 * when it stops being ready and when it is ready again, not with each attempt. Pure.
 *
 * @param notes what is to be noted from now on
 */
record Happened(List<Happening> happenings, List<Noted> notes) {
  Happened {
    happenings = List.copyOf(happenings);
    notes = List.copyOf(notes);
  }

  /**
   * One thing that happened.
   *
   * @param trouble whether something went wrong, as opposed to right again
   */
  record Happening(String podId, boolean trouble, String words) {}

  /**
   * @param wanted whether a pod that is not there just now is to be there
   */
  static Happened since(List<Noted> notes, List<ObservedPod> pods, Predicate<Noted> wanted) {
    List<Happening> happenings = new ArrayList<>();
    List<Noted> now = new ArrayList<>();
    Map<PodKey, Noted> known = new HashMap<>();
    notes.forEach(note -> known.putIfAbsent(note.key(), note));
    Set<PodKey> present = new HashSet<>();
    for (ObservedPod pod : pods) {
      PodKey key = new PodKey(pod.id(), pod.token());
      present.add(key);
      Optional<Noted> before = Optional.ofNullable(known.get(key));
      if (before.isPresent() && pod.phase() == PodPhase.UNKNOWN) {
        now.add(before.get());
      } else if (before.isPresent()) {
        now.addAll(follow(before.get(), pod, happenings));
      } else if (pod.ready()) {
        now.add(Noted.of(pod));
      }
    }
    for (Noted note : notes) {
      if (!present.contains(note.key()) && wanted.test(note)) {
        now.add(note);
      }
    }
    return new Happened(happenings, now);
  }

  private static List<Noted> follow(Noted before, ObservedPod pod, List<Happening> happenings) {
    if (pod.terminating() || pod.phase() == PodPhase.SUCCEEDED) {
      // That was wanted, or is the end that was waited for.
      return List.of();
    }
    if (!pod.ready()) {
      if (before.ready()) {
        happenings.add(new Happening(pod.id(), true, "the pod is not ready any more: " + why(pod)));
      }
      return List.of(before.unready());
    }
    Optional<String> anew = anew(before, pod);
    if (!before.ready()) {
      happenings.add(
          new Happening(
              pod.id(), false, "the pod is ready again" + anew.map(how -> "; " + how).orElse("")));
    } else if (anew.isPresent()) {
      happenings.add(new Happening(pod.id(), true, anew.get()));
    }
    return List.of(Noted.of(pod));
  }

  private static String why(ObservedPod pod) {
    return switch (PodProgress.of(pod, pod.token(), WaitFor.READY, RestartPolicy.ALWAYS)) {
      case PodProgress.Reached reached -> reached.words();
      case PodProgress.Waiting waiting -> waiting.why();
      case PodProgress.Failed failed -> failed.why();
    };
  }

  /** What runs now that did not run when the pod was ready last. */
  private static Optional<String> anew(Noted before, ObservedPod pod) {
    if (before.uid().isPresent() && pod.uid().isPresent() && !before.uid().equals(pod.uid())) {
      return Optional.of("it was made anew on its instance");
    }
    List<String> restarted = new ArrayList<>();
    for (ContainerStatus container : pod.containers()) {
      int times = container.restarts() - before.restarts().getOrDefault(container.name(), 0);
      if (times > 0) {
        restarted.add(
            "container "
                + container.name()
                + " was started again"
                + (times == 1 ? "" : " " + times + " times")
                + ended(container));
      }
    }
    return restarted.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", restarted));
  }

  private static String ended(ContainerStatus container) {
    return container
        .lastTermination()
        .map(
            last ->
                " after exit code "
                    + last.exitCode()
                    + (last.reason().isEmpty() ? "" : " (" + last.reason() + ")"))
        .orElse("");
  }
}
