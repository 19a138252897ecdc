package io.hotpod.pod.manifest;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

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
    configMaps = sorted(configMaps);
    secrets = sorted(secrets);
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
    Map<String, Set<String>> keys = new TreeMap<>();
    values.forEach((name, content) -> keys.put(name, content.keySet()));
    return keys;
  }

  /** In one order always, so that a suggestion is always the same one. */
  private static Map<String, Set<String>> sorted(Map<String, Set<String>> keys) {
    Map<String, Set<String>> sorted = new TreeMap<>();
    keys.forEach(
        (name, content) -> sorted.put(name, Collections.unmodifiableSet(new TreeSet<>(content))));
    return Collections.unmodifiableMap(sorted);
  }
}
