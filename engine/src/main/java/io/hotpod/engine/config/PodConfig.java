package io.hotpod.engine.config;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A pod configuration as it is stored. Immutable: a change makes a new one.
 *
 * @param manifest a map, or a text; as it was given, with its {@code get_input} calls
 * @param inputs declarations as of a SoftwareConfig; an array
 * @param configMaps name to key to value
 * @param secrets name to key to value in clear; never logged
 */
public record PodConfig(
    String id,
    String project,
    JsonNode manifest,
    JsonNode inputs,
    Map<String, Map<String, String>> configMaps,
    Map<String, Map<String, String>> secrets) {
  public PodConfig {
    requireNonNull(id, "id is null");
    requireNonNull(project, "project is null");
    requireNonNull(manifest, "manifest is null");
    requireNonNull(inputs, "inputs is null");
    configMaps = Map.copyOf(configMaps);
    secrets = Map.copyOf(secrets);
  }

  /** Leaves out what it contains. */
  @Override
  public String toString() {
    return "PodConfig[" + id + "]";
  }
}
