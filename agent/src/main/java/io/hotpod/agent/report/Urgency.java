package io.hotpod.agent.report;

import io.hotpod.pod.ModificationToken;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodPhase;
import io.hotpod.pod.PodReport;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells what somebody may be waiting for from the small changes on the way there. A pod passes
 * through many of those while it starts, and reporting each would take processor time from the very
 * start that it reports. Pure.
 */
final class Urgency {
  private Urgency() {}

  private record Key(String id, ModificationToken token) {
    static Key of(ObservedPod pod) {
      return new Key(pod.id(), pod.token());
    }
  }

  /** Whether the newer of two reports has to go out at once. */
  static boolean between(PodReport sent, PodReport now) {
    if (sent.pods().equals(now.pods())) {
      return true;
    }
    Map<Key, ObservedPod> before = new HashMap<>();
    sent.pods().forEach(pod -> before.put(Key.of(pod), pod));
    for (ObservedPod pod : now.pods()) {
      ObservedPod was = before.remove(Key.of(pod));
      if (was == null ? pod.phase() != PodPhase.PENDING : differs(was, pod)) {
        return true;
      }
    }
    return !before.isEmpty();
  }

  private static boolean differs(ObservedPod was, ObservedPod is) {
    return was.phase() != is.phase()
        || was.ready() != is.ready()
        || was.terminating() != is.terminating()
        || !was.reason().equals(is.reason())
        || !was.configuration().equals(is.configuration());
  }
}
