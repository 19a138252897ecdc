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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The directory that a kubelet reads static pods from. Only files that the agent of this instance
 * wrote are ever changed or removed: regular files of its own names with its own marks inside.
 * Thread-safe.
 */
final class ManifestDirectory {
  /** What a write that was cut off leaves: hidden from the kubelet, and never this old. */
  private static final Duration INTERRUPTED = Duration.ofMinutes(1);

  private static final String HALF_WRITTEN = ".hotpod-*.json.new";

  private final Path path;
  private final String instanceId;
  private final ReentrantLock lock = new ReentrantLock();
  private Map<String, Seen> seen = Map.of();

  /** A file as it was read; read again when it changes. */
  private record Seen(Stamp stamp, Optional<StaticPodFile> own) {}

  private record Stamp(Object identity, Instant modified, long size) {}

  ManifestDirectory(Path path, String instanceId) {
    this.path = path;
    this.instanceId = instanceId;
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

  private Optional<Seen> look(Path file, String name) throws IOException {
    try {
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
   * @throws IOException when it cannot be written, or when something else has its name
   */
  void write(StaticPodFile file) throws IOException {
    Path target = file(file);
    if (!Files.isDirectory(path)) {
      throw new NoSuchFileException(path.toString(), null, "the manifest directory is not there");
    }
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS) && !isOwn(target)) {
      throw new IOException(target + " is in the way: this agent did not write it; move it away");
    }
    AtomicFile.write(target, file.bytes());
  }

  /** Removes a file of this instance; anything else of that name stays. */
  void delete(String podName) throws IOException {
    Path target = path.resolve(StaticPodFile.fileName(podName));
    if (isOwn(target)) {
      AtomicFile.delete(target);
    }
  }

  private boolean isOwn(Path target) throws IOException {
    try {
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
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path, HALF_WRITTEN)) {
      for (Path file : files) {
        BasicFileAttributes attributes =
            Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        Duration age = Duration.between(attributes.lastModifiedTime().toInstant(), clock.instant());
        if (attributes.isRegularFile() && age.compareTo(INTERRUPTED) > 0) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
