package io.hotpod.engine.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Software configs of group {@code kubelet}, which are pod configurations. Pure. */
public final class KubeletConfigs {
  private static final String MANIFEST = "manifest";

  private KubeletConfigs() {}

  /** The same as a pod configuration of the same id; empty for another group. */
  public static Optional<PodConfig> podConfig(SoftwareConfig config) {
    if (!config.group().equals(SoftwareConfig.KUBELET) || config.resourceId().isPresent()) {
      return Optional.empty();
    }
    ObjectNode properties = properties(config.config(), config.inputs());
    return Optional.of(
        new PodConfig(
            config.id(),
            config.project(),
            properties.path(MANIFEST),
            config.inputs(),
            values(properties.path("config_maps")),
            values(properties.path("secrets"))));
  }

  /**
   * The properties that a pod configuration has which says the same.
   *
   * @param config a manifest, or a map with {@code manifest}, {@code config_maps}, {@code secrets}
   * @param inputs declarations
   */
  public static ObjectNode properties(JsonNode config, JsonNode inputs) {
    ObjectNode properties = JsonNodeFactory.instance.objectNode();
    if (config.has(MANIFEST)) {
      for (String part : new String[] {MANIFEST, "config_maps", "secrets"}) {
        if (config.has(part)) {
          properties.set(part, config.path(part));
        }
      }
    } else {
      properties.set(MANIFEST, config);
    }
    properties.set("inputs", inputs.isArray() ? inputs : JsonNodeFactory.instance.arrayNode());
    return properties;
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
