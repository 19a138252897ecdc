package io.hotpod.agent.report;

import static java.util.Objects.requireNonNull;

import io.hotpod.agent.runtime.PodKey;
import io.hotpod.pod.ContainerStatus;
import io.hotpod.pod.ModificationToken;
import io.hotpod.pod.ObservedPod;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a pod was when it was ready last. Only what was ready once is noted: how a pod gets there
 * the first time is told by whoever waits for it.
 *
 * @param ready whether it still was when it was looked at last
 * @param restarts of its containers by their names
 */
record Noted(
    String podId,
    ModificationToken token,
    Optional<String> uid,
    boolean ready,
    Map<String, Integer> restarts) {
  Noted {
    requireNonNull(podId, "podId is null");
    requireNonNull(token, "token is null");
    requireNonNull(uid, "uid is null");
    restarts = Map.copyOf(restarts);
  }

  static Noted of(ObservedPod pod) {
    Map<String, Integer> restarts = new TreeMap<>();
    for (ContainerStatus container : pod.containers()) {
      restarts.put(container.name(), container.restarts());
    }
    return new Noted(pod.id(), pod.token(), pod.uid(), true, restarts);
  }

  Noted unready() {
    return new Noted(podId, token, uid, false, restarts);
  }

  PodKey key() {
    return new PodKey(podId, token);
  }
}
