package io.hotpod.pod.manifest;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a manifest may refer to besides itself: there is no API server to ask, so everything that a
 * pod names has to come with its pod config.
 *
 * @param configMaps name to the keys that it has
 * @param secrets name to the keys that it has; the values stay out of here
 */
public record ManifestContext(
    Map<String, Set<String>> configMaps, Map<String, Set<String>> secrets) {
  /** A pod that comes without any config map or secret. */
  public static final ManifestContext NONE = new ManifestContext(Map.of(), Map.of());

  public ManifestContext {
    configMaps = Map.copyOf(configMaps);
    secrets = Map.copyOf(secrets);
  }

  /**
   * The context of values as a desired pod carries them.
   *
   * @param configMaps name to key to value
   * @param secrets name to key to value
   */
  public static ManifestContext of(
      Map<String, Map<String, String>> configMaps, Map<String, Map<String, String>> secrets) {
    return new ManifestContext(keys(configMaps), keys(secrets));
  }

  private static Map<String, Set<String>> keys(Map<String, Map<String, String>> values) {
    Map<String, Set<String>> keys = new LinkedHashMap<>();
    values.forEach((name, content) -> keys.put(name, new LinkedHashSet<>(content.keySet())));
    return keys;
  }
}
