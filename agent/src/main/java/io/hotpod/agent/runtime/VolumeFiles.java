package io.hotpod.agent.runtime;

import io.fabric8.kubernetes.api.model.ConfigMapProjection;
import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFile;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.ResourceFieldSelector;
import io.fabric8.kubernetes.api.model.SecretProjection;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files of ConfigMap, Secret, downward API and projected volumes, by the Kubernetes API
 * reference. Pure.
 */
public final class VolumeFiles {
  private static final int DEFAULT_MODE = 0644;

  private final ConfigurationValues values;
  private final Downward downward;
  private final Map<String, VolumeFile> files = new LinkedHashMap<>();
  private final int usual;

  private VolumeFiles(ConfigurationValues values, Downward downward, @Nullable Integer mode) {
    this.values = values;
    this.downward = downward;
    this.usual = mode == null ? DEFAULT_MODE : mode;
  }

  /** What a pod says of itself. */
  public interface Downward {
    /** The value of a {@code fieldRef}. */
    String field(String path);

    /** The value of a {@code resourceFieldRef}. */
    String resource(ResourceFieldSelector selector);
  }

  /** Whether the volume is made of files that an agent renders. */
  public static boolean isRendered(Volume volume) {
    return volume.getConfigMap() != null || isPrivate(volume);
  }

  /** Whether the files belong into memory rather than onto a disk. */
  public static boolean isPrivate(Volume volume) {
    return volume.getSecret() != null
        || volume.getProjected() != null
        || volume.getDownwardAPI() != null;
  }

  /**
   * The files of a volume that {@link #isRendered}; where two sources give the same path, the later
   * one counts.
   *
   * @throws ConfigurationException when something is named that is not there
   */
  public static List<VolumeFile> of(Volume volume, ConfigurationValues values, Downward downward) {
    ConfigMapVolumeSource configMap = volume.getConfigMap();
    if (configMap != null) {
      return new VolumeFiles(values, downward, configMap.getDefaultMode())
          .keys(values.content(configMap), configMap.getItems(), configMap.getOptional())
          .all();
    }
    SecretVolumeSource secret = volume.getSecret();
    if (secret != null) {
      return new VolumeFiles(values, downward, secret.getDefaultMode())
          .keys(values.content(secret), secret.getItems(), secret.getOptional())
          .all();
    }
    if (volume.getDownwardAPI() != null) {
      return new VolumeFiles(values, downward, volume.getDownwardAPI().getDefaultMode())
          .self(volume.getDownwardAPI().getItems())
          .all();
    }
    VolumeFiles projected =
        new VolumeFiles(values, downward, volume.getProjected().getDefaultMode());
    for (VolumeProjection source : volume.getProjected().getSources()) {
      projected.projection(source);
    }
    return projected.all();
  }

  private void projection(VolumeProjection source) {
    ConfigMapProjection configMap = source.getConfigMap();
    SecretProjection secret = source.getSecret();
    if (configMap != null) {
      keys(values.content(configMap), configMap.getItems(), configMap.getOptional());
    } else if (secret != null) {
      keys(values.content(secret), secret.getItems(), secret.getOptional());
    } else if (source.getDownwardAPI() != null) {
      self(source.getDownwardAPI().getItems());
    }
  }

  private VolumeFiles keys(
      Map<String, String> content, List<KeyToPath> items, @Nullable Boolean optional) {
    if (items.isEmpty()) {
      content.forEach((key, value) -> put(key, value, usual));
    }
    for (KeyToPath item : items) {
      String value = content.get(item.getKey());
      if (value != null) {
        put(item.getPath(), value, item.getMode() == null ? usual : item.getMode());
      } else if (!Boolean.TRUE.equals(optional)) {
        throw new ConfigurationException("references non-existent key: " + item.getKey());
      }
    }
    return this;
  }

  private VolumeFiles self(List<DownwardAPIVolumeFile> items) {
    for (DownwardAPIVolumeFile item : items) {
      if (item.getFieldRef() == null && item.getResourceFieldRef() == null) {
        throw new ConfigurationException(
            "file " + item.getPath() + " names neither a field nor a resource");
      }
      String value =
          item.getFieldRef() != null
              ? downward.field(item.getFieldRef().getFieldPath())
              : downward.resource(item.getResourceFieldRef());
      put(item.getPath(), value, item.getMode() == null ? usual : item.getMode());
    }
    return this;
  }

  private void put(String path, String content, int mode) {
    files.put(path, new VolumeFile(path, content, mode));
  }

  private List<VolumeFile> all() {
    return List.copyOf(files.values());
  }
}
