package io.hotpod.server.instance;

import io.hotpod.engine.instance.PodRecord;
import io.hotpod.engine.secret.Redaction;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodJson;
import io.hotpod.pod.PodPhase;
import io.hotpod.server.heat.Times;
import io.hotpod.server.http.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A pod as the API shows it: who wants it, and what its instance says of it. */
final class PodRecordJson {
  /** What a runtime says in words of its own, or takes from the manifest. */
  private static final List<String> SAID =
      List.of("reason", "message", "conditions", "init_containers", "containers");

  /** Fields of those that have few values, which everybody knows. */
  private static final Set<String> FIXED = Set.of("type", "state");

  private PodRecordJson() {}

  /**
   * As in lists.
   *
   * @param hidden is taken out of what a runtime says, which may tell a command or a value
   */
  static ObjectNode item(PodRecord pod, Redaction hidden) {
    ObjectNode object = item(pod);
    for (String said : SAID) {
      object.set(said, hidden.applyToTexts(object.path(said), FIXED));
    }
    return object;
  }

  private static ObjectNode item(PodRecord pod) {
    ObjectNode object = Json.object();
    object.put("id", pod.id()).put("name", name(pod));
    object.put("stack_id", pod.stackId()).put("stack_name", pod.stackName());
    object.put("resource_name", pod.resourceName());
    object.put("instance_id", pod.instanceId()).put("instance_name", pod.instanceName());
    object.put("wanted", pod.desired().run());
    object.put("modification_token", pod.desired().token().value());
    putObserved(object, pod.observed());
    pod.silentSince().ifPresent(since -> silent(object, pod, since));
    return object;
  }

  /** What was seen last need not be so any more. */
  private static void silent(ObjectNode object, PodRecord pod, Instant since) {
    String seen = object.path("phase").asString("");
    object.put("phase", PodPhase.UNKNOWN.kubernetesName()).put("ready", false);
    object.put("reason", "InstanceSilent");
    object.put(
        "message",
        "instance %s has not been heard of since %s%s"
            .formatted(
                pod.instanceName(),
                Times.text(since),
                seen.isEmpty() ? "" : "; then the pod was " + seen));
  }

  /** With its manifest, out of which the same is taken. */
  static ObjectNode full(PodRecord pod, Redaction hidden) {
    ObjectNode object = item(pod, hidden);
    object.set("manifest", hidden.apply(manifest(pod)));
    return object;
  }

  /** The names of its containers, those that run before the others left out. */
  static List<String> containers(PodRecord pod) {
    List<String> names = new ArrayList<>();
    manifest(pod)
        .path("spec")
        .path("containers")
        .forEach(container -> names.add(container.path("name").asString("")));
    return names;
  }

  /** Whether a container, or one that runs before the others, has that name. */
  static boolean hasContainer(PodRecord pod, String name) {
    return containers(pod).contains(name)
        || manifest(pod)
            .path("spec")
            .path("initContainers")
            .valueStream()
            .anyMatch(container -> container.path("name").asString("").equals(name));
  }

  private static String name(PodRecord pod) {
    return pod.observed()
        .map(ObservedPod::name)
        .orElseGet(() -> manifest(pod).path("metadata").path("name").asString(pod.resourceName()));
  }

  /** Read as a tree, so that the model of manifests stays out of this module. */
  private static JsonNode manifest(PodRecord pod) {
    return PodJson.toTree(pod.desired()).path("pod");
  }

  private static void putObserved(ObjectNode object, Optional<ObservedPod> observed) {
    object.put("phase", observed.map(pod -> pod.phase().kubernetesName()).orElse(""));
    object.put("ready", observed.map(ObservedPod::ready).orElse(false));
    object.put("terminating", observed.map(ObservedPod::terminating).orElse(false));
    object.put("reason", observed.map(ObservedPod::reason).orElse(""));
    object.put("message", observed.map(ObservedPod::message).orElse(""));
    put(object, "observed_token", observed.map(pod -> pod.token().value()));
    put(object, "uid", observed.flatMap(ObservedPod::uid));
    put(object, "pod_ip", observed.flatMap(ObservedPod::podIp));
    put(object, "host_ip", observed.flatMap(ObservedPod::hostIp));
    Times.put(object, "started_at", observed.flatMap(ObservedPod::startedAt));
    object.put("restart_count", observed.map(ObservedPod::restarts).orElse(0));
    list(object, "conditions", observed.map(ObservedPod::conditions).orElse(List.of()));
    list(object, "init_containers", observed.map(ObservedPod::initContainers).orElse(List.of()));
    list(object, "containers", observed.map(ObservedPod::containers).orElse(List.of()));
  }

  private static void put(ObjectNode object, String field, Optional<String> value) {
    value.ifPresentOrElse(text -> object.put(field, text), () -> object.putNull(field));
  }

  private static void list(ObjectNode object, String field, List<?> values) {
    object.set(field, PodJson.toTree(values));
  }
}
