package io.hotpod.agent.runtime.kubelet;

import static java.util.Objects.requireNonNull;

import io.hotpod.agent.runtime.PodKey;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A pod on its way out. It is written down before the pod's file goes, since nothing else would
 * tell an agent after a crash that something of it still runs.
 *
 * @param graceSeconds how long its containers have to end
 */
record Removal(PodKey key, String name, String namespace, long graceSeconds) {
  private static final long DEFAULT_GRACE_SECONDS = 30;

  Removal {
    requireNonNull(key, "key is null");
    requireNonNull(name, "name is null");
    requireNonNull(namespace, "namespace is null");
  }

  static Removal of(StaticPodFile file) {
    JsonNode grace = file.manifest().path("spec").path("terminationGracePeriodSeconds");
    return new Removal(
        file.key(), file.name(), file.namespace(), grace.asLong(DEFAULT_GRACE_SECONDS));
  }

  Duration grace() {
    return Duration.ofSeconds(graceSeconds);
  }

  /** Whether the kubelet shows nothing of it and the container runtime runs nothing of it. */
  boolean isOver(KubeletView view) {
    return view.pods().stream().noneMatch(this::isIt)
        && view.running().map(running -> running.stream().noneMatch(this::isIt)).orElse(true);
  }

  private boolean isIt(RunningPod pod) {
    return pod.namespace().equals(namespace) && pod.name().startsWith(name + "-");
  }

  private boolean isIt(JsonNode pod) {
    JsonNode metadata = pod.path("metadata");
    return isIt(
        new RunningPod(
            metadata.path("namespace").asString("default"),
            metadata.path("name").asString(""),
            ""));
  }

  /** What the kubelet says of it, while it does. */
  Optional<JsonNode> find(KubeletView view) {
    return view.pods().stream().filter(this::isIt).findFirst();
  }
}
