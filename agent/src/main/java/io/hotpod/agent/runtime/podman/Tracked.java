package io.hotpod.agent.runtime.podman;

import io.hotpod.agent.runtime.PodKey;
import io.hotpod.agent.runtime.podman.libpod.PodView;
import io.hotpod.pod.HostPorts;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodPhase;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A pod that the runtime knows.
 *
 * @param name in Podman
 * @param found as listed by Podman; empty for a pod that was made by this agent
 * @param keeper empty for a pod that was found and whose content nobody has said yet
 * @param terminating it is being removed
 */
record Tracked(
    PodKey key,
    String name,
    Optional<PodView> found,
    Optional<PodKeeper> keeper,
    boolean terminating) {

  Tracked leaving() {
    return new Tracked(key, name, found, keeper, true);
  }

  /** How long its containers have to end; empty when neither manifest nor labels say. */
  Optional<Duration> grace() {
    return keeper
        .map(one -> Grace.of(one.desired()))
        .or(() -> Grace.of(found.map(PodView::labels).orElse(Map.of())));
  }

  /** Empty when neither manifest nor labels say. */
  Optional<HostPorts> hostPorts() {
    return keeper
        .map(one -> HostPorts.of(one.desired().pod()))
        .or(() -> HostPortLabel.read(found.map(PodView::labels).orElse(Map.of())));
  }

  ObservedPod observed() {
    return keeper.map(PodKeeper::observed).orElseGet(() -> terminating ? unkept("", "") : listed());
  }

  private ObservedPod listed() {
    return found.filter(pod -> pod.runningIds().isEmpty()).isPresent()
        ? unkept(ObservedPod.STOPPED, "found on the machine; nothing of it runs")
        : unkept("Found", "found on the machine; what it should be is not known yet");
  }

  private ObservedPod unkept(String reason, String message) {
    ObservedPod pod =
        ObservedPod.outline(key.podId(), name, key.token(), PodPhase.UNKNOWN, reason, message);
    return terminating ? pod.leaving() : pod;
  }

  /** The same as Podman lists it now, where nobody keeps or removes it. */
  Tracked listed(PodView now) {
    return keeper.isPresent() || terminating
        ? this
        : new Tracked(key, name, Optional.of(now), keeper, false);
  }
}
