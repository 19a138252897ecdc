package io.hotpod.agent.runtime;

import io.fabric8.kubernetes.api.model.ConfigMapKeySelector;
import io.fabric8.kubernetes.api.model.ConfigMapProjection;
import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.SecretProjection;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.hotpod.pod.DesiredPod;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The values that a pod brings along as its ConfigMaps and Secrets, looked up as Kubernetes looks
 * them up: what is marked as optional may be missing, everything else may not. Every method throws
 * {@link ConfigurationException} when what is named is not there.
 */
public final class ConfigurationValues {
  private static final String CONFIG_MAP = "configmap";
  private static final String SECRET = "secret";

  private final Map<String, Map<String, String>> configMaps;
  private final Map<String, Map<String, String>> secrets;

  public ConfigurationValues(DesiredPod desired) {
    configMaps = desired.configMaps();
    secrets = desired.secrets();
  }

  /** The value of a key; empty when it is optional and not there. */
  public Optional<String> value(ConfigMapKeySelector key) {
    return value(CONFIG_MAP, key.getName(), key.getKey(), key.getOptional(), configMaps);
  }

  /** The value of a key; empty when it is optional and not there. */
  public Optional<String> value(SecretKeySelector key) {
    return value(SECRET, key.getName(), key.getKey(), key.getOptional(), secrets);
  }

  /** Variables by name, with the source's prefix, in the order of their names. */
  public Map<String, String> variables(EnvFromSource source) {
    String prefix = source.getPrefix() == null ? "" : source.getPrefix();
    Map<String, String> variables = new TreeMap<>();
    Map<String, String> found = Map.of();
    if (source.getConfigMapRef() != null) {
      found =
          content(
              CONFIG_MAP,
              source.getConfigMapRef().getName(),
              source.getConfigMapRef().getOptional(),
              configMaps);
    } else if (source.getSecretRef() != null) {
      found =
          content(
              SECRET,
              source.getSecretRef().getName(),
              source.getSecretRef().getOptional(),
              secrets);
    }
    found.forEach((key, value) -> variables.put(prefix + key, value));
    return variables;
  }

  /** Keys and values of a volume. */
  public Map<String, String> content(ConfigMapVolumeSource source) {
    return content(CONFIG_MAP, source.getName(), source.getOptional(), configMaps);
  }

  /** Keys and values of a volume. */
  public Map<String, String> content(SecretVolumeSource source) {
    return content(SECRET, source.getSecretName(), source.getOptional(), secrets);
  }

  /** Keys and values of a part of a volume. */
  public Map<String, String> content(ConfigMapProjection source) {
    return content(CONFIG_MAP, source.getName(), source.getOptional(), configMaps);
  }

  /** Keys and values of a part of a volume. */
  public Map<String, String> content(SecretProjection source) {
    return content(SECRET, source.getName(), source.getOptional(), secrets);
  }

  /** Keys and values of a secret; empty when it is not there. */
  public Map<String, String> secret(String name) {
    return secrets.getOrDefault(name, Map.of());
  }

  private static Optional<String> value(
      String kind,
      @Nullable String name,
      String key,
      @Nullable Boolean optional,
      Map<String, Map<String, String>> all) {
    Optional<String> value = named(kind, name, all).map(found -> found.get(key));
    if (value.isEmpty() && !Boolean.TRUE.equals(optional)) {
      throw new ConfigurationException(
          named(kind, name, all).isPresent()
              ? "couldn't find key " + key + " in " + kind + " " + name
              : kind + " \"" + name + "\" not found");
    }
    return value;
  }

  private static Map<String, String> content(
      String kind,
      @Nullable String name,
      @Nullable Boolean optional,
      Map<String, Map<String, String>> all) {
    Optional<Map<String, String>> found = named(kind, name, all);
    if (found.isEmpty() && !Boolean.TRUE.equals(optional)) {
      throw new ConfigurationException(kind + " \"" + name + "\" not found");
    }
    return found.orElse(Map.of());
  }

  private static Optional<Map<String, String>> named(
      String kind, @Nullable String name, Map<String, Map<String, String>> all) {
    if (name == null) {
      throw new ConfigurationException("a " + kind + " is referred to without a name");
    }
    return Optional.ofNullable(all.get(name));
  }
}
