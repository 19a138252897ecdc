package io.hotpod.agent.runtime.podman;

import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.hotpod.agent.runtime.ConfigurationException;
import io.hotpod.agent.runtime.ConfigurationValues;
import io.hotpod.agent.runtime.PrivateFiles;
import io.hotpod.agent.runtime.RenderedFiles;
import io.hotpod.pod.DesiredPod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a pod's volumes on the machine, says where they are, and removes them. */
final class Volumes {
  private final Path disk;
  private final Path memory;
  private final DesiredPod desired;
  private final Map<String, Volume> volumes = new LinkedHashMap<>();

  Volumes(VolumeStore store, String podName, DesiredPod desired) {
    this.disk = store.disk().resolve(podName);
    this.memory = store.memory().resolve(podName);
    this.desired = desired;
    PodSpec spec = desired.pod().getSpec();
    for (Volume volume : spec.getVolumes()) {
      volumes.put(volume.getName(), volume);
    }
  }

  /**
   * The mounts of a container. Volumes that do not exist yet are made; what is there stays as it
   * is.
   *
   * @throws ConfigurationException when the manifest names what is not there
   */
  List<Mount> mounts(Container container) {
    List<Mount> mounts = new ArrayList<>();
    for (VolumeMount wanted : container.getVolumeMounts()) {
      Volume volume = volumes.get(wanted.getName());
      if (volume == null) {
        throw new ConfigurationException(
            "container "
                + container.getName()
                + " mounts volume "
                + wanted.getName()
                + ", which the pod does not have");
      }
      try {
        Path source = prepare(volume);
        boolean readOnly =
            Boolean.TRUE.equals(wanted.getReadOnly())
                || volume.getConfigMap() != null
                || volume.getSecret() != null;
        mounts.add(new Mount(sub(source, wanted, volume), wanted.getMountPath(), readOnly));
      } catch (IOException e) {
        throw new ConfigurationException(
            "volume " + volume.getName() + " cannot be made: " + e.getMessage(), e);
      }
    }
    return mounts;
  }

  /** Removes what {@link #mounts} made; what belongs to the machine (hostPath) stays. */
  void remove() throws IOException {
    for (Path directory : List.of(disk, memory)) {
      RenderedFiles.delete(directory);
    }
  }

  private Path prepare(Volume volume) throws IOException {
    if (volume.getHostPath() != null) {
      return HostPaths.check(volume.getName(), volume.getHostPath());
    }
    if (volume.getEmptyDir() != null) {
      boolean inMemory = "Memory".equals(volume.getEmptyDir().getMedium());
      return emptyDirectory(inMemory ? memory : disk, volume.getName());
    }
    ConfigurationValues values = new ConfigurationValues(desired);
    ConfigMapVolumeSource configMap = volume.getConfigMap();
    if (configMap != null) {
      Path directory = disk.resolve(volume.getName());
      RenderedFiles.make(
          directory, values.content(configMap), configMap.getItems(), configMap.getDefaultMode());
      return directory;
    }
    SecretVolumeSource secret = volume.getSecret();
    if (secret != null) {
      Path directory = memory.resolve(volume.getName());
      RenderedFiles.make(
          directory, values.content(secret), secret.getItems(), secret.getDefaultMode());
      return directory;
    }
    throw new ConfigurationException(
        "volume " + volume.getName() + " is of a kind that is not served here");
  }

  private Path emptyDirectory(Path home, String name) throws IOException {
    Path directory = home.resolve(name);
    if (!Files.isDirectory(directory)) {
      PrivateFiles.directories(home);
      Path made = Files.createDirectory(directory);
      // As a kubelet does: any user of the pod may write.
      PrivateFiles.mode(made, 0777);
      Optional<Long> group =
          Optional.ofNullable(desired.pod().getSpec().getSecurityContext())
              .map(PodSecurityContext::getFsGroup);
      if (group.isPresent()) {
        Files.setAttribute(made, "unix:gid", group.get().intValue());
        PrivateFiles.mode(made, 02777);
      }
    }
    return directory;
  }

  private Path sub(Path source, VolumeMount wanted, Volume volume) throws IOException {
    String sub = wanted.getSubPath();
    if (sub == null || sub.isEmpty()) {
      return source;
    }
    Path path = RenderedFiles.below(source, sub);
    if (!Files.exists(path)) {
      if (volume.getConfigMap() != null || volume.getSecret() != null) {
        throw new ConfigurationException(
            "volume " + volume.getName() + " has no " + sub + " to mount");
      }
      Files.createDirectories(path);
    }
    if (!path.toRealPath().startsWith(source.toRealPath())) {
      throw new ConfigurationException(
          "subPath " + sub + " leads out of volume " + volume.getName());
    }
    return path;
  }
}
