package io.hotpod.agent.reconcile;

import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.ModificationToken;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodPhase;
import java.util.List;
import java.util.Optional;

/** Observed pods for tests. */
public final class Observed {
  private Observed() {}

  public static ObservedPod ready(DesiredPod pod) {
    return pod(pod.id(), pod.token().value(), PodPhase.RUNNING, true, false);
  }

  public static ObservedPod unready(DesiredPod pod) {
    return pod(pod.id(), pod.token().value(), PodPhase.RUNNING, false, false);
  }

  public static ObservedPod terminating(DesiredPod pod) {
    return pod(pod.id(), pod.token().value(), PodPhase.RUNNING, false, true);
  }

  public static ObservedPod succeeded(DesiredPod pod) {
    return pod(pod.id(), pod.token().value(), PodPhase.SUCCEEDED, false, false);
  }

  /** Found, and nothing of it runs. */
  public static ObservedPod stopped(DesiredPod pod) {
    return ObservedPod.outline(
        pod.id(), pod.id(), pod.token(), PodPhase.UNKNOWN, ObservedPod.STOPPED, "");
  }

  public static ObservedPod pod(
      String id, String token, PodPhase phase, boolean ready, boolean terminating) {
    return new ObservedPod(
        id,
        id,
        new ModificationToken(token),
        phase,
        ready,
        terminating,
        "",
        "",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of());
  }
}
