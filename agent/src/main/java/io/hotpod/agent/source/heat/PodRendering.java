package io.hotpod.agent.source.heat;

import io.fabric8.kubernetes.api.model.Pod;
import io.hotpod.document.DocumentException;
import io.hotpod.document.DocumentReader;
import io.hotpod.document.Limits;
import io.hotpod.document.MappingNode;
import io.hotpod.document.Node;
import io.hotpod.document.Nodes;
import io.hotpod.pod.ConfigurationUse;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.ModificationToken;
import io.hotpod.pod.PodJson;
import io.hotpod.pod.manifest.InputDeclaration;
import io.hotpod.pod.manifest.ManifestContext;
import io.hotpod.pod.manifest.ManifestInputs;
import io.hotpod.pod.manifest.PodManifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Makes a pod of a deployment's config. Pure: equal content gives the same modification token,
 * whatever the id of the config, so that a new config alone restarts nothing.
 */
public final class PodRendering {
  private static final DocumentReader READER = new DocumentReader(Limits.DEFAULT);
  private static final int FIRST = 1;

  private final HeatDeployment deployment;

  private PodRendering(HeatDeployment deployment) {
    this.deployment = deployment;
  }

  /**
   * Renders a deployment. What the pod starts after are names still, see {@link Wanted}.
   *
   * @param run false for a pod that is suspended
   */
  public static Rendering of(HeatDeployment deployment, boolean run) {
    try {
      PodSettings settings = PodSettings.of(deployment);
      DesiredPod pod = new PodRendering(deployment).pod(settings, run);
      return new Rendering.Rendered(pod, settings.waitFor(), settings.timeout());
    } catch (DocumentException | IllegalArgumentException e) {
      return new Rendering.Refused("the pod configuration is refused: " + e.getMessage());
    }
  }

  private DesiredPod pod(PodSettings settings, boolean run) {
    JsonNode config = unfolded(deployment.config());
    boolean wrapped = config.isObject() && config.has("manifest");
    Map<String, Map<String, String>> configMaps = values(config, wrapped, "config_maps");
    Map<String, Map<String, String>> secrets = values(config, wrapped, "secrets");
    Node written = read("manifest", wrapped ? config.path("manifest") : config);
    JsonNode declared = wrapped ? config.path("inputs") : MissingNode.getInstance();
    Node manifest = named(complete(written, declared));
    Pod pod = PodManifest.read(manifest, ManifestContext.of(configMaps, secrets)).pod();
    if (!settings.podName().isEmpty()) {
      pod.getMetadata().setName(settings.podName());
    }
    ObjectNode content = JsonNodeFactory.instance.objectNode();
    content.set("pod", PodJson.toTree(pod));
    // Values that are files alone are replaced in the pod that there is.
    content.setAll((ObjectNode) ConfigurationUse.takenIn(pod, configMaps, secrets));
    ModificationToken token =
        ModificationToken.of(deployment.stackId(), deployment.podId(), FIRST, content);
    annotate(pod, token);
    return new DesiredPod(
        deployment.podId(),
        token,
        run,
        pod,
        configMaps,
        secrets,
        settings.updateStrategy(),
        settings.after());
  }

  /** Some resources of Heat take a text only, which may stand for the manifest and more as well. */
  private static JsonNode unfolded(JsonNode config) {
    return config.isString()
            && READER.read("config", config.stringValue()) instanceof MappingNode map
            && map.get("manifest").isPresent()
        ? map.toJson()
        : config;
  }

  /** A value that may be given as a text in YAML or JSON. */
  private static Node read(String name, JsonNode value) {
    return value.isString() ? READER.read(name, value.stringValue()) : Nodes.of(value);
  }

  /** Puts the inputs in; a structured deployment has had Heat do that already. */
  private Node complete(Node manifest, JsonNode declared) {
    ManifestInputs inputs =
        ManifestInputs.declared(
            declared.isMissingNode() ? Nodes.of(used(manifest)) : read("inputs", declared));
    Map<String, JsonNode> values = new LinkedHashMap<>();
    for (InputDeclaration input : inputs.declarations()) {
      deployment.input(input.name()).ifPresent(value -> values.put(input.name(), value));
    }
    return inputs.substitute(manifest, values);
  }

  /** What the config declares of the inputs that the manifest uses. */
  private JsonNode used(Node manifest) {
    ArrayNode declarations = JsonNodeFactory.instance.arrayNode();
    for (String name : ManifestInputs.used(manifest)) {
      deployment.inputs().stream()
          .filter(input -> input.name().equals(name))
          .findFirst()
          .ifPresent(input -> declarations.addObject().put("name", name).put("type", input.type()));
    }
    return declarations;
  }

  /** Manifests written for the old hook have no name, because it named pods after the config. */
  private Node named(Node manifest) {
    if (!(manifest instanceof MappingNode map)
        || map.get("version").isEmpty()
        || map.get("id").isPresent()) {
      return manifest;
    }
    List<MappingNode.Entry> entries = new ArrayList<>(map.entries());
    entries.add(
        new MappingNode.Entry(
            "id", Optional.empty(), Nodes.of(StringNode.valueOf(nameOfDeployment()))));
    return new MappingNode(entries, map.location());
  }

  private String nameOfDeployment() {
    String given =
        deployment.resourceName().isEmpty() ? deployment.name() : deployment.resourceName();
    String name = given.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String shortened = name.substring(0, Math.min(name.length(), 63));
    String trimmed = shortened.replaceAll("^-+|-+$", "");
    return trimmed.isEmpty() ? "pod" : trimmed;
  }

  private static Map<String, Map<String, String>> values(
      JsonNode config, boolean wrapped, String name) {
    Map<String, Map<String, String>> read = new LinkedHashMap<>();
    if (!wrapped) {
      return read;
    }
    config
        .path(name)
        .propertyStream()
        .forEach(
            object -> {
              if (!object.getValue().isObject()) {
                throw new IllegalArgumentException(
                    name + "." + object.getKey() + " must be a map of keys to texts");
              }
              Map<String, String> content = new LinkedHashMap<>();
              object
                  .getValue()
                  .propertyStream()
                  .forEach(entry -> content.put(entry.getKey(), entry.getValue().asString("")));
              read.put(object.getKey(), content);
            });
    return read;
  }

  private static void annotate(Pod pod, ModificationToken token) {
    Map<String, String> annotations = new LinkedHashMap<>();
    if (pod.getMetadata().getAnnotations() != null) {
      annotations.putAll(pod.getMetadata().getAnnotations());
    }
    annotations.put(ModificationToken.ANNOTATION, token.value());
    pod.getMetadata().setAnnotations(annotations);
  }
}
