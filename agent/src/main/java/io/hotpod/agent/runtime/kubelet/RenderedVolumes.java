package io.hotpod.agent.runtime.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.ResourceFieldSelector;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.hotpod.agent.runtime.ConfigurationException;
import io.hotpod.agent.runtime.ConfigurationValues;
import io.hotpod.agent.runtime.FileGroup;
import io.hotpod.agent.runtime.PublishedFiles;
import io.hotpod.agent.runtime.RenderedFiles;
import io.hotpod.agent.runtime.VolumeFiles;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.ModificationToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files of ConfigMap and Secret volumes, and of projected ones made of these: one directory for
 * each content of a pod, so that a new one never changes what the old one reads. Both roots are
 * closed to everyone but the owner, which protects the files below whatever modes the manifest
 * gives them.
 *
 * @param disk for ConfigMaps
 * @param memory for Secrets; a tmpfs where there is one
 */
record RenderedVolumes(Path disk, Path memory) {
  private static final VolumeFiles.Downward NOT_OURS =
      new VolumeFiles.Downward() {
        @Override
        public String field(String path) {
          throw new IllegalStateException("a kubelet fills in " + path + " itself");
        }

        @Override
        public String resource(ResourceFieldSelector selector) {
          throw new IllegalStateException("a kubelet fills in " + selector + " itself");
        }
      };

  /**
   * Whether the agent makes the files of a volume. Of projected volumes those are the ones made of
   * ConfigMaps and Secrets alone: what a pod says of itself, a kubelet knows and the agent does
   * not.
   */
  static boolean isRendered(Volume volume) {
    return volume.getConfigMap() != null
        || volume.getSecret() != null
        || (volume.getProjected() != null
            && !volume.getProjected().getSources().isEmpty()
            && volume.getProjected().getSources().stream()
                .allMatch(source -> source.getConfigMap() != null || source.getSecret() != null));
  }

  Path directory(String podName, ModificationToken token, Volume volume) {
    Path root = VolumeFiles.isPrivate(volume) ? memory : disk;
    return root.resolve(podName).resolve(token.value()).resolve(volume.getName());
  }

  /**
   * Makes the files that are not there yet, and swaps them where the values changed.
   *
   * @throws ConfigurationException when the pod does not bring along what it names
   */
  void render(String podName, DesiredPod desired) throws IOException {
    ConfigurationValues values = new ConfigurationValues(desired);
    // A kubelet gives its own volumes to this group, but not what it takes for a directory of the
    // host.
    Optional<FileGroup> group =
        Optional.ofNullable(desired.pod().getSpec().getSecurityContext())
            .map(PodSecurityContext::getFsGroup)
            .map(FileGroup::ofMachine);
    for (Volume volume : desired.pod().getSpec().getVolumes()) {
      if (!isRendered(volume)) {
        continue;
      }
      Path directory = directory(podName, desired.token(), volume);
      PublishedFiles.publish(directory, VolumeFiles.of(volume, values, NOT_OURS), group);
      subPaths(desired, volume, directory);
    }
  }

  /** A kubelet would make an empty directory of what is not there. */
  private static void subPaths(DesiredPod desired, Volume volume, Path directory) {
    for (List<Container> containers :
        List.of(
            desired.pod().getSpec().getInitContainers(), desired.pod().getSpec().getContainers())) {
      for (Container container : containers) {
        for (VolumeMount mount : container.getVolumeMounts()) {
          if (volume.getName().equals(mount.getName())
              && mount.getSubPath() != null
              && !Files.exists(RenderedFiles.below(directory, mount.getSubPath()))) {
            throw new ConfigurationException(
                "volume " + volume.getName() + " has no " + mount.getSubPath() + " to mount");
          }
        }
      }
    }
  }

  /** Removes the files of one content of a pod, and the pod's directory when it was the last. */
  void remove(String podName, ModificationToken token) throws IOException {
    for (Path root : List.of(disk, memory)) {
      Path pod = root.resolve(podName);
      RenderedFiles.delete(pod.resolve(token.value()));
      if (Files.isDirectory(pod) && isEmpty(pod)) {
        Files.deleteIfExists(pod);
      }
    }
  }

  /**
   * Removes what an interrupted run left behind.
   *
   * @param podNames of the pods that are there or on their way out
   */
  void keepOnly(Set<String> podNames) throws IOException {
    for (Path root : List.of(disk, memory)) {
      if (!Files.isDirectory(root)) {
        continue;
      }
      List<Path> pods;
      try (Stream<Path> list = Files.list(root)) {
        pods = list.toList();
      }
      for (Path pod : pods) {
        if (!podNames.contains(String.valueOf(pod.getFileName()))) {
          RenderedFiles.delete(pod);
        }
      }
    }
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (Stream<Path> list = Files.list(directory)) {
      return list.findAny().isEmpty();
    }
  }
}
