package io.hotpod.agent.report;

import io.hotpod.pod.ModificationToken;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodPhase;
import io.hotpod.pod.PodReport;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells what somebody may be waiting for from the small changes on the way there. A pod passes
 * through many of those while it starts, and reporting each would take processor time from the very
 * start that it reports. Pure.
 */
final class Urgency {
  /** For the small changes. */
  private static final Duration CALM = Duration.ofMillis(100);

  /** For a pod that runs now: most are ready a moment later, which is what is waited for. */
  private static final Duration MOMENT = Duration.ofMillis(30);

  private Urgency() {}

  private record Key(String id, ModificationToken token) {
    static Key of(ObservedPod pod) {
      return new Key(pod.id(), pod.token());
    }
  }

  /** How long the newer of two reports may wait for more to tell; zero for not at all. */
  static Duration between(PodReport sent, PodReport now) {
    if (sent.pods().equals(now.pods())) {
      return Duration.ZERO;
    }
    // Most are the very objects of the report before, and there is nothing to find out of those.
    Set<ObservedPod> was = identities(sent.pods());
    Set<ObservedPod> is = identities(now.pods());
    Map<Key, ObservedPod> before = new HashMap<>();
    for (ObservedPod pod : sent.pods()) {
      if (!is.contains(pod)) {
        before.put(Key.of(pod), pod);
      }
    }
    Duration shortest = CALM;
    for (ObservedPod pod : now.pods()) {
      if (!was.contains(pod)) {
        Optional<ObservedPod> old = Optional.ofNullable(before.remove(Key.of(pod)));
        Duration wait = old.map(one -> between(one, pod)).orElseGet(() -> ofNew(pod));
        shortest = wait.compareTo(shortest) < 0 ? wait : shortest;
      }
    }
    return before.isEmpty() ? shortest : Duration.ZERO;
  }

  private static Set<ObservedPod> identities(List<ObservedPod> pods) {
    Set<ObservedPod> identities = Collections.newSetFromMap(new IdentityHashMap<>());
    identities.addAll(pods);
    return identities;
  }

  private static Duration ofNew(ObservedPod pod) {
    return pod.phase() == PodPhase.PENDING ? CALM : Duration.ZERO;
  }

  private static Duration between(ObservedPod was, ObservedPod is) {
    if (was.ready() != is.ready()
        || was.terminating() != is.terminating()
        || !was.reason().equals(is.reason())
        || !was.configuration().equals(is.configuration())) {
      return Duration.ZERO;
    }
    if (was.phase() == is.phase()) {
      return CALM;
    }
    return is.phase() == PodPhase.RUNNING ? MOMENT : Duration.ZERO;
  }
}
