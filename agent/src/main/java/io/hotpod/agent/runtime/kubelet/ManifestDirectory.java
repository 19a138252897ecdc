package io.hotpod.agent.runtime.kubelet;

import io.hotpod.agent.state.AtomicFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The directory that a kubelet reads static pods from. Only files that the agent of this instance
 * wrote are ever changed or removed: regular files of its own names with its own marks inside, and
 * links to its own files in memory. Thread-safe.
 */
final class ManifestDirectory {
  /** What a write that was cut off leaves: hidden from the kubelet, and never this old. */
  private static final Duration INTERRUPTED = Duration.ofMinutes(1);

  private static final String HALF_WRITTEN = ".hotpod-*.json.new";

  private final Path path;
  private final String instanceId;
  private final FleetingFiles fleeting;
  private final ReentrantLock lock = new ReentrantLock();
  private Map<String, Seen> seen = Map.of();

  /** A file as it was read; read again when it changes. */
  private record Seen(Stamp stamp, Optional<StaticPodFile> own) {}

  private record Stamp(Object identity, Instant modified, long size) {}

  ManifestDirectory(Path path, String instanceId, FleetingFiles fleeting) {
    this.path = path;
    this.instanceId = instanceId;
    this.fleeting = fleeting;
  }

  Path path() {
    return path;
  }

  Path file(StaticPodFile file) {
    return path.resolve(file.fileName());
  }

  /** When a file was written, on the machine's clock; empty when it is gone. */
  Optional<Instant> writtenAt(StaticPodFile file) {
    try {
      return Optional.of(Files.getLastModifiedTime(file(file)).toInstant());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The files of this instance, by the names of their pods. */
  Map<String, StaticPodFile> own() throws IOException {
    lock.lock();
    try {
      Map<String, Seen> now = new HashMap<>();
      Map<String, StaticPodFile> own = new HashMap<>();
      try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
        for (Path file : files) {
          String name = String.valueOf(file.getFileName());
          if (StaticPodFile.mayBeOwn(name)) {
            look(file, name).ifPresent(one -> now.put(name, one));
          }
        }
      }
      seen = now;
      for (Seen one : now.values()) {
        one.own().ifPresent(file -> own.put(file.name(), file));
      }
      return own;
    } finally {
      lock.unlock();
    }
  }

  private Optional<Seen> look(Path visible, String name) throws IOException {
    try {
      Path file = fleeting.isLink(visible) ? Files.readSymbolicLink(visible) : visible;
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!attributes.isRegularFile()) {
        return Optional.empty();
      }
      Stamp stamp =
          new Stamp(
              String.valueOf(attributes.fileKey()),
              attributes.lastModifiedTime().toInstant(),
              attributes.size());
      Seen known = seen.get(name);
      return known != null && known.stamp().equals(stamp)
          ? Optional.of(known)
          : Optional.of(
              new Seen(stamp, StaticPodFile.read(name, Files.readAllBytes(file), instanceId)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * Puts a file into its place in one step; it is on the disk when this returns.
   *
   * @param untilBoot whether a boot is to clear it
   * @throws IOException when it cannot be written, or when something else has its name
   */
  void write(StaticPodFile file, boolean untilBoot) throws IOException {
    Path target = file(file);
    lock.lock();
    try {
      if (!Files.isDirectory(path)) {
        throw new NoSuchFileException(path.toString(), null, "the manifest directory is not there");
      }
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS) && !isOwn(target)) {
        throw new IOException(target + " is in the way: this agent did not write it; move it away");
      }
      if (untilBoot) {
        fleeting.write(file);
        AtomicFile.link(target, fleeting.path(file));
      } else {
        AtomicFile.write(target, file.bytes());
      }
      fleeting.keepOnly(linked());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sees to it that a boot clears a file that is there, or that it does not. To the kubelet it is
   * the same file with the same content.
   */
  void place(StaticPodFile file, boolean untilBoot) throws IOException {
    Path target = file(file);
    lock.lock();
    try {
      if (Files.exists(target) && fleeting.isLink(target) != untilBoot) {
        write(file, untilBoot);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Removes a file of this instance; anything else of that name stays. */
  void delete(String podName) throws IOException {
    Path target = path.resolve(StaticPodFile.fileName(podName));
    lock.lock();
    try {
      if (isOwn(target)) {
        AtomicFile.delete(target);
        fleeting.keepOnly(linked());
      }
    } finally {
      lock.unlock();
    }
  }

  /** What links of this instance lead to. */
  private Set<Path> linked() throws IOException {
    Set<Path> linked = new HashSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path, StaticPodFile.OWN)) {
      for (Path file : files) {
        if (fleeting.isLink(file)) {
          linked.add(Files.readSymbolicLink(file));
        }
      }
    }
    return linked;
  }

  private boolean isOwn(Path target) throws IOException {
    try {
      if (fleeting.isLink(target)) {
        return true;
      }
      return Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
          && StaticPodFile.read(
                  String.valueOf(target.getFileName()), Files.readAllBytes(target), instanceId)
              .isPresent();
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** The files that the kubelet reads and that are not of this instance. */
  List<Path> foreign() throws IOException {
    List<Path> foreign = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        if (!name.startsWith(".") && Files.isRegularFile(file) && !isOwn(file)) {
          foreign.add(file);
        }
      }
    }
    return foreign;
  }

  /** Removes hidden halves of files that an agent was writing when it was cut off. */
  void tidy(Clock clock) throws IOException {
    lock.lock();
    try {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(path, HALF_WRITTEN)) {
        for (Path file : files) {
          BasicFileAttributes attributes =
              Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
          Duration age =
              Duration.between(attributes.lastModifiedTime().toInstant(), clock.instant());
          if (fleeting.isLink(file)
              || (attributes.isRegularFile() && age.compareTo(INTERRUPTED) > 0)) {
            Files.deleteIfExists(file);
          }
        }
      }
      fleeting.keepOnly(linked());
    } finally {
      lock.unlock();
    }
  }
}
