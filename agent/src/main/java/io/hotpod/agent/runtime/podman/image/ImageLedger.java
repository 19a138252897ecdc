package io.hotpod.agent.runtime.podman.image;

import io.hotpod.agent.state.AtomicFile;
import io.hotpod.pod.PodJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * The images that this agent has pulled and when each was last needed, over restarts. Images that
 * others brought to the machine are not in it, and so are never removed. Thread-safe.
 */
public final class ImageLedger {
  private static final Logger LOG = LoggerFactory.getLogger(ImageLedger.class);

  /** The form on disk: references as in manifests, and ids of images whose names moved on. */
  record Content(Map<String, Instant> lastNeeded) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Path file;
  private final Map<String, Instant> lastNeeded = new TreeMap<>();

  /**
   * @param file where it outlives the agent; what cannot be read counts as nothing
   */
  public ImageLedger(Path file) {
    this.file = file;
    try {
      Optional<byte[]> bytes = AtomicFile.read(file);
      if (bytes.isPresent()) {
        lastNeeded.putAll(PodJson.read(bytes.get(), Content.class).lastNeeded());
      }
    } catch (IOException | JacksonException | NullPointerException e) {
      LOG.warn("{} cannot be read, so no image pulled before is removed: {}", file, e.getMessage());
    }
  }

  /**
   * Counts an image as needed now; on the disk when this returns.
   *
   * @param image its reference, or its id where it has no name any more
   */
  public void pulled(String image, Instant now) {
    lock.lock();
    try {
      lastNeeded.put(image, now);
      write();
    } finally {
      lock.unlock();
    }
  }

  boolean knows(String image) {
    lock.lock();
    try {
      return lastNeeded.containsKey(image);
    } finally {
      lock.unlock();
    }
  }

  /** Of these, the ones that are known were needed now. */
  void needed(Set<String> images, Instant now) {
    lock.lock();
    try {
      boolean any = false;
      for (String image : images) {
        any |= lastNeeded.computeIfPresent(image, (name, before) -> now) != null;
      }
      if (any) {
        write();
      }
    } finally {
      lock.unlock();
    }
  }

  void removed(String image) {
    lock.lock();
    try {
      lastNeeded.remove(image);
      write();
    } finally {
      lock.unlock();
    }
  }

  /** Those without use for so long, the longest first. */
  List<String> idle(Duration atLeast, Set<String> needed, Instant now) {
    lock.lock();
    try {
      // Needed in the future: somebody set the clock back.
      lastNeeded.replaceAll((image, time) -> time.isAfter(now) ? now : time);
      return lastNeeded.entrySet().stream()
          .filter(entry -> !needed.contains(entry.getKey()))
          .filter(entry -> !entry.getValue().plus(atLeast).isAfter(now))
          .sorted(Comparator.comparing(Map.Entry<String, Instant>::getValue))
          .map(Map.Entry::getKey)
          .toList();
    } finally {
      lock.unlock();
    }
  }

  private void write() {
    try {
      AtomicFile.write(file, PodJson.writeBytes(new Content(lastNeeded)));
    } catch (IOException e) {
      LOG.warn("{} cannot be written: {}", file, e.getMessage());
    }
  }
}
