package io.hotpod.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Which values of config maps and secrets a pod takes in when its containers are made, and cannot
 * be given anew: variables, and parts of volumes that are mounted by themselves. All others are
 * files, which are replaced while the pod runs. Pure.
 */
public final class ConfigurationUse {
  private final Values configMaps;
  private final Values secrets;

  private ConfigurationUse(
      Map<String, Map<String, String>> configMaps, Map<String, Map<String, String>> secrets) {
    this.configMaps = new Values(configMaps);
    this.secrets = new Values(secrets);
  }

  /** The values that are there, and those of them that were taken in. */
  private record Values(
      Map<String, Map<String, String>> there, Map<String, Map<String, String>> taken) {
    Values(Map<String, Map<String, String>> there) {
      this(there, new TreeMap<>());
    }

    void key(String name, String key) {
      Optional.ofNullable(there.get(name))
          .map(content -> content.get(key))
          .ifPresent(
              value -> taken.computeIfAbsent(name, absent -> new TreeMap<>()).put(key, value));
    }

    void all(String name) {
      Optional.ofNullable(there.get(name))
          .ifPresent(
              content -> taken.computeIfAbsent(name, absent -> new TreeMap<>()).putAll(content));
    }
  }

  /**
   * The values of which a change makes another pod.
   *
   * @param pod normalised
   * @return an object with {@code config_maps} and {@code secrets}: name to key to value
   */
  public static JsonNode takenIn(
      Pod pod,
      Map<String, Map<String, String>> configMaps,
      Map<String, Map<String, String>> secrets) {
    ConfigurationUse use = new ConfigurationUse(configMaps, secrets);
    Set<String> byPart = new HashSet<>();
    for (Container container :
        Stream.of(pod.getSpec().getInitContainers(), pod.getSpec().getContainers())
            .flatMap(List::stream)
            .toList()) {
      container.getEnv().stream().map(EnvVar::getValueFrom).forEach(use::variable);
      container.getEnvFrom().forEach(use::variables);
      for (VolumeMount mount : container.getVolumeMounts()) {
        if (isPart(mount)) {
          byPart.add(mount.getName());
        }
      }
    }
    for (Volume volume : pod.getSpec().getVolumes()) {
      if (byPart.contains(volume.getName())) {
        use.volume(volume);
      }
    }
    return PodJson.toTree(
        Map.of("config_maps", use.configMaps.taken(), "secrets", use.secrets.taken()));
  }

  private static boolean isPart(VolumeMount mount) {
    return (mount.getSubPath() != null && !mount.getSubPath().isEmpty())
        || (mount.getSubPathExpr() != null && !mount.getSubPathExpr().isEmpty());
  }

  private void variable(@Nullable EnvVarSource source) {
    if (source == null) {
      return;
    }
    if (source.getConfigMapKeyRef() != null) {
      configMaps.key(source.getConfigMapKeyRef().getName(), source.getConfigMapKeyRef().getKey());
    }
    if (source.getSecretKeyRef() != null) {
      secrets.key(source.getSecretKeyRef().getName(), source.getSecretKeyRef().getKey());
    }
  }

  private void variables(EnvFromSource source) {
    if (source.getConfigMapRef() != null) {
      configMaps.all(source.getConfigMapRef().getName());
    }
    if (source.getSecretRef() != null) {
      secrets.all(source.getSecretRef().getName());
    }
  }

  private void volume(Volume volume) {
    if (volume.getConfigMap() != null) {
      configMaps.all(volume.getConfigMap().getName());
    }
    if (volume.getSecret() != null) {
      secrets.all(volume.getSecret().getSecretName());
    }
    if (volume.getProjected() != null) {
      for (VolumeProjection source : volume.getProjected().getSources()) {
        if (source.getConfigMap() != null) {
          configMaps.all(source.getConfigMap().getName());
        }
        if (source.getSecret() != null) {
          secrets.all(source.getSecret().getName());
        }
      }
    }
  }
}
