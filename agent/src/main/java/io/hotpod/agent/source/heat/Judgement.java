package io.hotpod.agent.source.heat;

import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodProgress;
import io.hotpod.pod.PodReport;
import io.hotpod.pod.RestartPolicy;
import java.time.Duration;
import java.util.Optional;

/** Whether what is seen is what Heat waits for. Pure. */
public final class Judgement {
  private Judgement() {}

  /**
   * Judges one expectation.
   *
   * @param report on a desired set in which the expectation is contained
   * @param waited since Heat asked
   * @return empty as long as it is open
   */
  public static Optional<Outcome> of(Expectation expectation, PodReport report, Duration waited) {
    return switch (expectation) {
      case Expectation.Settled settled -> Optional.of(settled.outcome());
      case Expectation.Down down -> down(down, report);
      case Expectation.Up up -> up(up, report, waited);
    };
  }

  private static Optional<Outcome> down(Expectation.Down down, PodReport report) {
    // A runtime that does not answer shows no pods, and that does not mean that there are none.
    boolean gone =
        report.facts().runtimeProblem().isEmpty()
            && find(report, down.deployment().podId()).isEmpty();
    return gone ? Optional.of(Outcome.success("nothing of the pod is left")) : Optional.empty();
  }

  private static Optional<Outcome> up(Expectation.Up up, PodReport report, Duration waited) {
    String name = up.pod().pod().getMetadata().getName();
    Optional<ObservedPod> seen =
        report.pods().stream()
            .filter(pod -> pod.id().equals(up.pod().id()) && pod.token().equals(up.pod().token()))
            .findFirst()
            .or(() -> find(report, up.pod().id()));
    PodProgress progress =
        seen.map(
                pod ->
                    PodProgress.of(
                        pod, up.pod().token(), up.waitFor(), RestartPolicy.of(up.pod().pod())))
            .map(one -> withFiles(seen, up.pod(), one))
            .orElseGet(() -> new PodProgress.Waiting(whyNot(report)));
    return switch (progress) {
      case PodProgress.Reached reached ->
          Optional.of(outcome(up, seen, true, "pod " + name + ": " + reached.words()));
      case PodProgress.Failed failed ->
          Optional.of(outcome(up, seen, false, "pod " + name + ": " + failed.why()));
      case PodProgress.Waiting waiting ->
          waited.compareTo(up.timeout()) < 0
              ? Optional.empty()
              : Optional.of(
                  outcome(
                      up,
                      seen,
                      false,
                      "pod %s is not %s after %d s: %s"
                          .formatted(name, up.waitFor(), up.timeout().toSeconds(), waiting.why())));
    };
  }

  /** A pod is done once its files have the values that it should have, too. */
  private static PodProgress withFiles(
      Optional<ObservedPod> seen, DesiredPod desired, PodProgress progress) {
    boolean stale =
        seen.flatMap(ObservedPod::configuration)
            .filter(revision -> !revision.equals(desired.configurationRevision()))
            .isPresent();
    return progress instanceof PodProgress.Reached && stale
        ? new PodProgress.Waiting(
            "the files of the pod's config maps and secrets are not replaced yet")
        : progress;
  }

  private static String whyNot(PodReport report) {
    return report.facts().runtimeProblem().isEmpty()
        ? "the agent has not begun with the pod"
        : report.facts().runtimeProblem();
  }

  private static Optional<ObservedPod> find(PodReport report, String podId) {
    return report.pods().stream().filter(pod -> pod.id().equals(podId)).findFirst();
  }

  private static Outcome outcome(
      Expectation.Up up, Optional<ObservedPod> seen, boolean success, String words) {
    return new Outcome(success, words, Optional.of(up.pod().token()), seen);
  }
}
