package io.hotpod.agent.runtime.podman;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a pod as a whole may not exceed: its active deadline and the sizes of its volumes. */
final class PodLimits {
  private static final Logger LOG = LoggerFactory.getLogger(PodLimits.class);
  private static final Duration VOLUMES_EVERY = Duration.ofSeconds(10);

  private final Optional<Duration> deadline;
  private final Map<String, Volumes.SizeLimit> sizes;
  private Optional<Long> measured = Optional.empty();

  PodLimits(Optional<Long> deadlineSeconds, Map<String, Volumes.SizeLimit> sizes) {
    this.deadline = deadlineSeconds.map(Duration::ofSeconds);
    this.sizes = sizes;
  }

  /**
   * What is exceeded, in the kubelet's words.
   *
   * @param active for how long the pod has been active
   * @param nanos now, by {@link System#nanoTime}
   */
  Optional<PodEnd> exceeded(Duration active, long nanos) {
    if (deadline.isPresent() && active.compareTo(deadline.get()) >= 0) {
      return Optional.of(
          new PodEnd(
              "DeadlineExceeded", "Pod was active on the node longer than the specified deadline"));
    }
    if (!sizes.isEmpty()
        && measured.map(last -> nanos - last >= VOLUMES_EVERY.toNanos()).orElse(true)) {
      measured = Optional.of(nanos);
      return tooLarge();
    }
    return Optional.empty();
  }

  /** When to ask again, at the latest. */
  Duration next(Duration active) {
    Duration next = sizes.isEmpty() ? PodSite.LOOK_AGAIN : VOLUMES_EVERY;
    Duration left = deadline.map(limit -> limit.minus(active)).orElse(next);
    Duration sooner = left.compareTo(next) < 0 ? left : next;
    return sooner.isNegative() ? Duration.ZERO : sooner;
  }

  private Optional<PodEnd> tooLarge() {
    for (Map.Entry<String, Volumes.SizeLimit> size : sizes.entrySet()) {
      if (used(size.getValue().directory()) > size.getValue().bytes()) {
        return Optional.of(
            new PodEnd(
                "Evicted",
                "Usage of EmptyDir volume \""
                    + size.getKey()
                    + "\" exceeds the limit \""
                    + size.getValue().words()
                    + "\"."));
      }
    }
    return Optional.empty();
  }

  private static long used(Path directory) {
    if (!Files.isDirectory(directory)) {
      return 0;
    }
    try (Stream<Path> walk = Files.walk(directory)) {
      return walk.mapToLong(PodLimits::size).sum();
    } catch (IOException | UncheckedIOException e) {
      // Files come and go while they are counted; the next look counts again.
      LOG.debug("{} cannot be measured: {}", directory, e.getMessage());
      return 0;
    }
  }

  private static long size(Path file) {
    try {
      return Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
              .isRegularFile()
          ? Files.size(file)
          : 0;
    } catch (IOException e) {
      return 0;
    }
  }
}
