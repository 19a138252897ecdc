package io.hotpod.agent.runtime.podman.image;

import io.hotpod.agent.runtime.podman.libpod.Podman;
import io.hotpod.agent.runtime.podman.libpod.PodmanException;
import io.hotpod.agent.runtime.podman.libpod.PodmanUnavailableException;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes images that this agent has pulled and no desired pod needs: after a long time without
 * use, and sooner where the disk fills. Podman itself refuses to remove one that a container has.
 */
public final class ImageCleaner {
  private static final Logger LOG = LoggerFactory.getLogger(ImageCleaner.class);

  private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

  private final Podman podman;
  private final ImageLedger ledger;
  private final ImagePolicy policy;
  private final Supplier<Optional<Set<String>>> needed;
  private final Disk disk;
  private final Clock clock;

  /** Where Podman keeps images. */
  public interface Disk {
    /** The used part, from 0 to 1. */
    double used() throws IOException, InterruptedException;
  }

  /**
   * @param needed images of all desired pods, as in their manifests; empty while that is not known,
   *     and nothing is removed then
   */
  public ImageCleaner(
      Podman podman,
      ImageLedger ledger,
      ImagePolicy policy,
      Supplier<Optional<Set<String>>> needed,
      Disk disk,
      Clock clock) {
    this.podman = podman;
    this.ledger = ledger;
    this.policy = policy;
    this.needed = needed;
    this.disk = disk;
    this.clock = clock;
  }

  /** Cleans when it is time again. */
  public void cleanLater() throws InterruptedException {
    Thread.sleep(policy.every());
    try {
      clean();
    } catch (IOException | PodmanException | PodmanUnavailableException e) {
      LOG.debug("images are not cleaned this time: {}", e.getMessage());
    }
  }

  /**
   * Removes what is not needed, if it is old or the disk is full. Removes nothing before it is
   * known what is needed.
   */
  public void clean() throws IOException, InterruptedException {
    Instant now = clock.instant();
    Optional<Set<String>> known = needed.get();
    if (known.isEmpty()) {
      return;
    }
    Set<String> inUse = known.get();
    ledger.needed(inUse, now);
    for (String image : ledger.idle(policy.maximumAge(), inUse, now)) {
      remove(image, "without use for " + policy.maximumAge().toDays() + " days");
    }
    if (disk.used() <= policy.highThreshold()) {
      return;
    }
    for (String image : ledger.idle(policy.minimumAge(), inUse, now)) {
      remove(image, "the disk fills");
      if (disk.used() <= policy.lowThreshold()) {
        return;
      }
    }
  }

  /**
   * Whether another reference leads to the same image, as a short name or a digest does, or an id
   * that is in the ledger has got a name since: then others may count on it.
   */
  private boolean isNeeded(String image, Set<String> references) throws InterruptedException {
    if (ID.matcher(image).matches() && podman.isNamed(image)) {
      return true;
    }
    Optional<String> id = podman.imageId(image);
    if (id.isPresent()) {
      for (String reference : references) {
        if (podman.imageId(reference).equals(id)) {
          return true;
        }
      }
    }
    return false;
  }

  private void remove(String image, String why) throws InterruptedException {
    // A pod may have come since: what it needs is not taken from under it.
    Optional<Set<String>> now = needed.get();
    if (now.map(images -> images.contains(image)).orElse(true)) {
      return;
    }
    try {
      if (isNeeded(image, now.get())) {
        return;
      }
      podman.removeImage(image);
      ledger.removed(image);
      LOG.info("removed image {}: {}", image, why);
    } catch (PodmanException e) {
      LOG.debug("image {} stays: {}", image, e.getMessage());
    }
  }
}
