package io.hotpod.engine.resource.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.hotpod.document.DocumentException;
import io.hotpod.document.Node;
import io.hotpod.engine.config.PodConfig;
import io.hotpod.engine.resource.ResourceFailure;
import io.hotpod.pod.ConfigurationUse;
import io.hotpod.pod.ModificationToken;
import io.hotpod.pod.PodJson;
import io.hotpod.pod.manifest.PodManifest;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A pod configuration with a deployment's inputs put in: everything of which a change makes another
 * pod.
 */
record RenderedPod(
    Pod pod,
    Map<String, Map<String, String>> configMaps,
    Map<String, Map<String, String>> secrets) {

  /**
   * Renders a configuration.
   *
   * @param name of the pod; empty keeps the manifest's own
   * @throws ResourceFailure when the inputs do not fit
   */
  static RenderedPod of(PodConfig config, JsonNode inputValues, String name) {
    try {
      Map<String, JsonNode> values = new LinkedHashMap<>();
      inputValues.propertyStream().forEach(entry -> values.put(entry.getKey(), entry.getValue()));
      Node manifest = PodConfigProperties.manifest(config.manifest(), "manifest");
      Node complete = PodConfigProperties.inputs(config).substitute(manifest, values);
      Pod pod = PodManifest.read(complete, PodConfigProperties.context(config)).pod();
      if (!name.isEmpty()) {
        pod.getMetadata().setName(name);
      }
      return new RenderedPod(pod, config.configMaps(), config.secrets());
    } catch (DocumentException e) {
      throw new ResourceFailure("the pod configuration is refused: " + e.getMessage());
    }
  }

  /**
   * What the modification token is made of: the pod, and what of the values it takes in for good.
   * Files of config maps and secrets are replaced in the pod that there is.
   */
  JsonNode content() {
    ObjectNode content = JsonNodeFactory.instance.objectNode();
    content.set("pod", PodJson.toTree(pod));
    content.setAll((ObjectNode) ConfigurationUse.takenIn(pod, configMaps, secrets));
    return content;
  }

  /** The pod with its token in it. */
  Pod annotated(ModificationToken token) {
    Pod copy = PodJson.read(PodJson.toTree(pod), Pod.class);
    Map<String, String> annotations = new LinkedHashMap<>();
    if (copy.getMetadata().getAnnotations() != null) {
      annotations.putAll(copy.getMetadata().getAnnotations());
    }
    annotations.put(ModificationToken.ANNOTATION, token.value());
    copy.getMetadata().setAnnotations(annotations);
    return copy;
  }

  /** Leaves out what it contains. */
  @Override
  public String toString() {
    return "RenderedPod[" + pod.getMetadata().getName() + "]";
  }
}
