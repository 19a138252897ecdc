package io.hotpod.engine.resource.kubernetes;

import io.hotpod.document.DocumentReader;
import io.hotpod.document.Limits;
import io.hotpod.document.Node;
import io.hotpod.document.Nodes;
import io.hotpod.engine.config.PodConfig;
import io.hotpod.pod.manifest.ManifestContext;
import io.hotpod.pod.manifest.ManifestInputs;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The properties of {@code OS::Kubernetes::PodConfig}, read into what they mean. */
final class PodConfigProperties {
  static final String MANIFEST = "manifest";
  static final String INPUTS = "inputs";
  static final String CONFIG_MAPS = "config_maps";
  static final String SECRETS = "secrets";

  private static final DocumentReader READER = new DocumentReader(Limits.DEFAULT);

  private PodConfigProperties() {}

  /** The configuration that properties describe; they have been validated. */
  static PodConfig config(String id, String project, ObjectNode properties) {
    JsonNode inputs = properties.path(INPUTS);
    return new PodConfig(
        id,
        project,
        properties.path(MANIFEST),
        inputs.isArray() ? inputs : JsonNodeFactory.instance.arrayNode(),
        values(properties.path(CONFIG_MAPS)),
        values(properties.path(SECRETS)));
  }

  /**
   * The manifest as nodes.
   *
   * @param name what problems call it when it is a text
   */
  static Node manifest(JsonNode manifest, String name) {
    return manifest.isString() ? READER.read(name, manifest.stringValue()) : Nodes.of(manifest);
  }

  static ManifestInputs inputs(PodConfig config) {
    return ManifestInputs.declared(Nodes.of(config.inputs()));
  }

  static ManifestContext context(PodConfig config) {
    return ManifestContext.of(config.configMaps(), config.secrets());
  }

  private static Map<String, Map<String, String>> values(JsonNode objects) {
    Map<String, Map<String, String>> read = new LinkedHashMap<>();
    objects
        .propertyStream()
        .forEach(
            object -> {
              Map<String, String> content = new LinkedHashMap<>();
              object
                  .getValue()
                  .propertyStream()
                  .forEach(entry -> content.put(entry.getKey(), entry.getValue().asString("")));
              read.put(object.getKey(), content);
            });
    return read;
  }
}
