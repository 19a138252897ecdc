package io.hotpod.agent.runtime.kubelet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.Pod;
import io.hotpod.agent.runtime.Marks;
import io.hotpod.agent.runtime.PodKey;
import io.hotpod.pod.HostPorts;
import io.hotpod.pod.ModificationToken;
import io.hotpod.pod.PodJson;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One pod as it stands in the manifest directory. Everything that an agent has to know of it after
 * a crash is in the file itself.
 *
 * @param name of the pod before the kubelet adds the name of its node
 * @param revision set anew whenever the file is written, so that no two pods of it are ever taken
 *     for one another, neither by the kubelet nor by its reader
 * @param manifest the whole pod
 */
record StaticPodFile(PodKey key, String name, String revision, ObjectNode manifest) {
  /** On pods: {@link #revision}. */
  static final String REVISION = "hotpod.io/revision";

  /** On pods: the name in the manifest as it was asked for. */
  static final String POD_NAME = "hotpod.io/pod-name";

  private static final String PREFIX = "hotpod-";
  private static final String SUFFIX = ".json";

  /** Names of visible files that may be an agent's, as a glob. */
  static final String OWN = PREFIX + "*" + SUFFIX;

  StaticPodFile {
    requireNonNull(key, "key is null");
    requireNonNull(name, "name is null");
    requireNonNull(revision, "revision is null");
    requireNonNull(manifest, "manifest is null");
  }

  static String fileName(String podName) {
    return PREFIX + podName + SUFFIX;
  }

  /** Whether a visible file of this name may be an agent's. */
  static boolean mayBeOwn(String fileName) {
    return fileName.startsWith(PREFIX) && fileName.endsWith(SUFFIX);
  }

  String fileName() {
    return fileName(name);
  }

  /** The name as the manifest gave it. */
  String givenName() {
    return annotation(manifest, POD_NAME);
  }

  String namespace() {
    return manifest.path("metadata").path("namespace").asString("default");
  }

  /** The ports of the machine that it asks for; empty when that cannot be read. */
  Optional<HostPorts> hostPorts() {
    try {
      return manifest.path("spec").isObject()
          ? Optional.of(HostPorts.of(PodJson.read(manifest, Pod.class)))
          : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  byte[] bytes() {
    return (manifest.toPrettyString() + "\n").getBytes(UTF_8);
  }

  /**
   * Reads a file.
   *
   * @return empty when it is not one that the agent of this instance wrote under this name
   */
  static Optional<StaticPodFile> read(String fileName, byte[] content, String instanceId) {
    try {
      if (!(PodJson.read(content, JsonNode.class) instanceof ObjectNode manifest)) {
        return Optional.empty();
      }
      String name = manifest.path("metadata").path("name").asString("");
      boolean own =
          annotation(manifest, Marks.INSTANCE).equals(instanceId)
              && fileName.equals(fileName(name));
      return own
          ? Optional.of(
              new StaticPodFile(key(manifest), name, annotation(manifest, REVISION), manifest))
          : Optional.empty();
    } catch (JacksonException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether the kubelet speaks of this very file's content. */
  boolean isShownAs(JsonNode pod) {
    return annotation(pod, REVISION).equals(revision)
        && annotation(pod, Marks.TOKEN).equals(key.token().value())
        && annotation(pod, Marks.POD).equals(key.podId());
  }

  /** Whether this is the kubelet's name for the pod, on whatever node. */
  boolean isCalled(String namespace, String kubeletName) {
    return namespace.equals(namespace()) && kubeletName.startsWith(name + "-");
  }

  boolean isCalled(JsonNode pod) {
    JsonNode metadata = pod.path("metadata");
    return isCalled(
        metadata.path("namespace").asString("default"), metadata.path("name").asString(""));
  }

  private static PodKey key(JsonNode manifest) {
    return new PodKey(
        annotation(manifest, Marks.POD), new ModificationToken(annotation(manifest, Marks.TOKEN)));
  }

  private static String annotation(JsonNode pod, String name) {
    return pod.path("metadata").path("annotations").path(name).asString("");
  }
}
