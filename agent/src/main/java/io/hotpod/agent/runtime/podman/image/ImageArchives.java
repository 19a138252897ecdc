package io.hotpod.agent.runtime.podman.image;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory of archives that images are loaded from where there is no registry. It may come and
 * go, and so may its files: it is looked at whenever an image is missing. Thread-safe.
 */
public final class ImageArchives {
  private static final Logger LOG = LoggerFactory.getLogger(ImageArchives.class);

  /** Of more files than that, the rest is not looked at. */
  private static final int MOST = 1000;

  private final Path directory;
  private final ReentrantLock lock = new ReentrantLock();
  private Map<Path, Known> known = Map.of();

  /** What a file was found to be; looked at again when it changes. */
  private record Known(Instant modified, long size, Set<String> names, String problem) {}

  /**
   * @param directory where an operator puts archives of images; need not exist
   */
  public ImageArchives(Path directory) {
    this.directory = directory;
  }

  Path directory() {
    return directory;
  }

  /** The archive that has an image; of several the one that was changed last. */
  Optional<Path> holding(String image) {
    String name = ImageNames.full(image);
    lock.lock();
    try {
      look();
      return known.entrySet().stream()
          .filter(entry -> entry.getValue().names().contains(name))
          .max(Map.Entry.comparingByValue((a, b) -> a.modified().compareTo(b.modified())))
          .map(Map.Entry::getKey);
    } finally {
      lock.unlock();
    }
  }

  /** The full names of the images in one of the archives; empty where nobody looked into it. */
  Set<String> names(Path archive) {
    lock.lock();
    try {
      Known found = known.get(archive);
      return found == null ? Set.of() : found.names();
    } finally {
      lock.unlock();
    }
  }

  /** Names the archives that cannot be understood, and why; empty for none. */
  String problems() {
    lock.lock();
    try {
      List<String> problems = new ArrayList<>();
      known.forEach(
          (file, one) -> {
            if (!one.problem().isEmpty()) {
              problems.add(file.getFileName() + " (" + one.problem() + ")");
            }
          });
      return problems.isEmpty()
          ? ""
          : "archives in " + directory + " that cannot be read: " + String.join(", ", problems);
    } finally {
      lock.unlock();
    }
  }

  private void look() {
    Map<Path, Known> now = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "[!.]*")) {
      for (Path file : files) {
        if (now.size() == MOST) {
          LOG.warn("{} has more than {} files; the others are not looked at", directory, MOST);
          break;
        }
        look(file).ifPresent(found -> now.put(file, found));
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      LOG.debug("there is no directory {}", directory);
    } catch (IOException e) {
      LOG.warn("{} cannot be read: {}", directory, e.getMessage());
    }
    known = now;
  }

  /** Empty for what is no file, or not there any more. */
  private Optional<Known> look(Path file) {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(file, BasicFileAttributes.class);
    } catch (IOException e) {
      LOG.debug("{} is not there: {}", file, e.getMessage());
      return Optional.empty();
    }
    Instant modified = attributes.lastModifiedTime().toInstant();
    long size = attributes.size();
    Known before = known.get(file);
    if (!attributes.isRegularFile()) {
      return Optional.empty();
    }
    if (before != null && before.modified().equals(modified) && before.size() == size) {
      return Optional.of(before);
    }
    try {
      return Optional.of(new Known(modified, size, ImageNames.in(file), ""));
    } catch (IOException e) {
      LOG.warn("{} is passed over: {}", file, e.getMessage());
      return Optional.of(new Known(modified, size, Set.of(), String.valueOf(e.getMessage())));
    }
  }
}
