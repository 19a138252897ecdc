package io.hotpod.pod;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One pod that an instance should have.
 *
 * @param id the deployment that it belongs to; stays the same over updates of that deployment, so
 *     an agent knows old and new as the same thing
 * @param token of the content; equal tokens mean that there is nothing to do
 * @param run false for a suspended deployment: keep the configuration, have no pod
 * @param pod normalised v1 Pod
 * @param configMaps name to key to value; what the manifest names as ConfigMap
 * @param secrets name to key to value in clear; never logged
 * @param updateStrategy how a changed pod takes the place of the old one
 * @param after ids of pods of the same set that are ready before this one is started
 * @param defect why what was sent is no pod that can be read, for people; such a pod is never made,
 *     of its manifest no more is kept than the name, and what runs of an older content stays
 */
public record DesiredPod(
    String id,
    ModificationToken token,
    boolean run,
    Pod pod,
    Map<String, Map<String, String>> configMaps,
    Map<String, Map<String, String>> secrets,
    UpdateStrategy updateStrategy,
    List<String> after,
    Optional<String> defect) {
  public DesiredPod {
    requireNonNull(id, "id is null");
    requireNonNull(token, "token is null");
    requireNonNull(pod, "pod is null");
    configMaps = sorted(configMaps);
    secrets = sorted(secrets);
    requireNonNull(updateStrategy, "updateStrategy is null");
    after = List.copyOf(after);
    requireNonNull(defect, "defect is null");
  }

  /** One that can be read. */
  public DesiredPod(
      String id,
      ModificationToken token,
      boolean run,
      Pod pod,
      Map<String, Map<String, String>> configMaps,
      Map<String, Map<String, String>> secrets,
      UpdateStrategy updateStrategy,
      List<String> after) {
    this(id, token, run, pod, configMaps, secrets, updateStrategy, after, Optional.empty());
  }

  /** In one order always, so that equal pods are equal files. */
  private static Map<String, Map<String, String>> sorted(Map<String, Map<String, String>> values) {
    Map<String, Map<String, String>> sorted = new TreeMap<>();
    values.forEach(
        (name, content) -> sorted.put(name, Collections.unmodifiableMap(new TreeMap<>(content))));
    return Collections.unmodifiableMap(sorted);
  }

  /** The same pod, to be started or to be stopped. */
  public DesiredPod running(boolean now) {
    return now == run
        ? this
        : new DesiredPod(id, token, now, pod, configMaps, secrets, updateStrategy, after, defect);
  }

  /**
   * Names the values of config maps and secrets: equal values have equal names. A pod of the same
   * token whose values differ is the same pod, with other files in its volumes.
   */
  public String configurationRevision() {
    return ModificationToken.of(
            id, "configuration", 0, PodJson.toTree(List.of(configMaps, secrets)))
        .value();
  }

  /** Leaves out the secrets. */
  @Override
  public String toString() {
    return "DesiredPod[" + id + " " + token.value() + (run ? "" : " suspended") + "]";
  }
}
