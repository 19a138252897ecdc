package io.hotpod.agent.runtime.podman;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.hotpod.agent.runtime.ConfigurationException;
import io.hotpod.agent.runtime.ConfigurationValues;
import io.hotpod.agent.runtime.FileGroup;
import io.hotpod.agent.runtime.PrivateFiles;
import io.hotpod.agent.runtime.PublishedFiles;
import io.hotpod.agent.runtime.RenderedFiles;
import io.hotpod.agent.runtime.VolumeFiles;
import io.hotpod.pod.DesiredPod;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Makes a pod's volumes on the machine and says where they are. Thread-safe. */
final class Volumes {
  private static final int MODE = 07777;

  private final Path disk;
  private final Path memory;
  private final DesiredPod desired;
  private final Map<String, Volume> volumes = new LinkedHashMap<>();
  private final ReentrantLock rendering = new ReentrantLock();

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
   * The mounts of a container. Volumes that do not exist yet are made; of what is there, files that
   * are rendered are brought up to date, and the rest stays as it is.
   *
   * @param environment of the container, for paths that are made of it
   * @throws ConfigurationException when the manifest names what is not there
   */
  List<Mount> mounts(Container container, PodContext context, Map<String, String> environment)
      throws InterruptedException {
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
        Path source = prepare(volume, context);
        boolean readOnly =
            Boolean.TRUE.equals(wanted.getReadOnly()) || VolumeFiles.isRendered(volume);
        mounts.add(
            new Mount(
                sub(source, SubPaths.of(wanted, environment), volume),
                wanted.getMountPath(),
                readOnly,
                propagation(wanted)));
      } catch (IOException e) {
        throw new ConfigurationException(
            "volume " + volume.getName() + " cannot be made: " + e.getMessage(), e);
      }
    }
    return mounts;
  }

  private static String propagation(VolumeMount wanted) {
    return switch (wanted.getMountPropagation() == null ? "None" : wanted.getMountPropagation()) {
      case "HostToContainer" -> "rslave";
      case "Bidirectional" -> "rshared";
      default -> "rprivate";
    };
  }

  /** Brings the rendered files of volumes that are there up to date. */
  void refresh(PodContext context) throws IOException {
    for (Volume volume : volumes.values()) {
      if (VolumeFiles.isRendered(volume) && Files.isDirectory(place(volume))) {
        render(volume, context);
      }
    }
  }

  /** Where a volume that belongs to the pod lies. */
  private Path place(Volume volume) {
    boolean inMemory =
        VolumeFiles.isPrivate(volume)
            || (volume.getEmptyDir() != null && "Memory".equals(volume.getEmptyDir().getMedium()));
    return (inMemory ? memory : disk).resolve(volume.getName());
  }

  private Path prepare(Volume volume, PodContext context) throws IOException, InterruptedException {
    if (volume.getHostPath() != null) {
      return HostPaths.check(volume.getName(), volume.getHostPath());
    }
    if (volume.getEmptyDir() != null) {
      return emptyDirectory(volume);
    }
    if (VolumeFiles.isRendered(volume)) {
      return render(volume, context);
    }
    throw new ConfigurationException(
        "volume " + volume.getName() + " is of a kind that is not served here");
  }

  private Path render(Volume volume, PodContext context) throws IOException {
    Path directory = place(volume);
    ConfigurationValues values = new ConfigurationValues(context.desired());
    // Containers that start side by side may share the volume.
    rendering.lock();
    try {
      PublishedFiles.publish(directory, VolumeFiles.of(volume, values, context), group());
    } finally {
      rendering.unlock();
    }
    return directory;
  }

  private Optional<FileGroup> group() throws IOException {
    boolean rootless = UserNamespace.isOurs();
    return Optional.ofNullable(desired.pod().getSpec().getSecurityContext())
        .map(PodSecurityContext::getFsGroup)
        .map(id -> rootless ? UserNamespace.group(id) : FileGroup.ofMachine(id));
  }

  private Path emptyDirectory(Volume volume) throws IOException, InterruptedException {
    Path directory = place(volume);
    rendering.lockInterruptibly();
    try {
      boolean fresh = !Files.isDirectory(directory);
      if (fresh) {
        PrivateFiles.directories(directory.resolve("..").normalize());
        Files.createDirectory(directory);
      }
      if (directory.startsWith(memory) && !MemoryMounts.isMounted(directory)) {
        // Where this process may not mount, memory is what the directory above has of it.
        fresh = MemoryMounts.mount(directory, sizeLimit(volume)) || fresh;
      }
      if (fresh) {
        open(directory);
      }
    } finally {
      rendering.unlock();
    }
    return directory;
  }

  /** As a kubelet does: any user of the pod may write. */
  private void open(Path directory) throws IOException {
    Optional<FileGroup> group = group();
    PrivateFiles.mode(directory, 0777);
    if (group.isPresent()) {
      group.get().take(directory);
    }
  }

  private static Optional<Long> sizeLimit(Volume volume) {
    return Optional.ofNullable(volume.getEmptyDir().getSizeLimit())
        .map(Quantity::getAmountInBytes)
        .map(bytes -> bytes.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue())
        .filter(bytes -> bytes > 0);
  }

  /** The emptyDir volumes that may only grow so far, by name. */
  Map<String, SizeLimit> limited() {
    Map<String, SizeLimit> limited = new LinkedHashMap<>();
    for (Volume volume : volumes.values()) {
      if (volume.getEmptyDir() != null) {
        sizeLimit(volume)
            .ifPresent(
                bytes ->
                    limited.put(
                        volume.getName(),
                        new SizeLimit(
                            place(volume), bytes, volume.getEmptyDir().getSizeLimit().toString())));
      }
    }
    return limited;
  }

  /**
   * How far a volume may grow.
   *
   * @param words as the manifest says it
   */
  record SizeLimit(Path directory, long bytes, String words) {}

  private Path sub(Path source, String sub, Volume volume) throws IOException {
    if (sub.isEmpty()) {
      return source;
    }
    Path path = RenderedFiles.below(source, sub);
    Path there = path;
    while (!Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
      there = there.resolveSibling("");
    }
    // Before anything is made: a container may have put a link there that leads out.
    requireInside(source, there, sub, volume);
    if (!Files.exists(path)) {
      if (VolumeFiles.isRendered(volume)) {
        throw new ConfigurationException(
            "volume " + volume.getName() + " has no " + sub + " to mount");
      }
      // As open as the volume is, by what a kubelet does (SafeMakeDir).
      Directories.make(path, (int) Files.getAttribute(source, "unix:mode") & MODE);
      Optional<FileGroup> group = group();
      if (group.isPresent() && volume.getEmptyDir() != null) {
        group.get().take(there.resolve(there.relativize(path).getName(0)));
      }
    }
    // What a link points to now is what the container keeps.
    return requireInside(source, path, sub, volume);
  }

  private static Path requireInside(Path source, Path path, String sub, Volume volume)
      throws IOException {
    Path real = path.toRealPath();
    if (!real.startsWith(source.toRealPath())) {
      throw new ConfigurationException(
          "subPath " + sub + " leads out of volume " + volume.getName());
    }
    return real;
  }
}
