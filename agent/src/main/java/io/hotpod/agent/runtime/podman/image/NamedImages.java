package io.hotpod.agent.runtime.podman.image;

import io.hotpod.agent.runtime.Wakeup;
import io.hotpod.agent.runtime.podman.libpod.Podman;
import io.hotpod.agent.runtime.podman.libpod.PodmanException;
import io.hotpod.agent.runtime.podman.libpod.PodmanUnavailableException;
import io.hotpod.pod.ContainerImage;
import io.hotpod.pod.ContainerImage.WantedImage;
import io.hotpod.pod.ContainerStatus;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which image each reference of a manifest names on the machine, so that what runs can be compared
 * with it. Podman finds an image by short names, aliases and digests of indexes, which no text
 * shows. Looked up anew when an image comes, goes or is named. Thread-safe; {@link #keep} is for
 * one thread.
 */
public final class NamedImages {
  private static final Logger LOG = LoggerFactory.getLogger(NamedImages.class);

  /** What happens to images comes in bursts: a pull tells of itself and of each name. */
  private static final Duration BURST = Duration.ofMillis(200);

  /** Events may be lost. */
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(5);

  private final Podman podman;
  private final Wakeup wakeup = new Wakeup();
  private volatile Map<String, WantedImage> named = Map.of();

  /**
   * @param podman which is asked what the references name
   */
  public NamedImages(Podman podman) {
    this.podman = podman;
  }

  /** Something happened to an image, or Podman is there again. */
  public void changed() {
    wakeup.signal();
  }

  /** The same with what the manifest's reference names now, as far as that is known. */
  public ContainerStatus told(ContainerStatus status) {
    Optional<ContainerImage> made = status.madeFrom();
    if (made.isEmpty()) {
      return status;
    }
    Optional<WantedImage> wanted = Optional.ofNullable(named.get(status.image()));
    if (wanted.isEmpty()) {
      wakeup.signal();
      return status;
    }
    return status.from(
        Optional.of(new ContainerImage(made.get().reference(), made.get().id(), wanted)));
  }

  /**
   * Waits for something to happen to an image, and looks.
   *
   * @return whether a reference names another image than before, or was asked for first
   */
  public boolean keep(Wanted wanted) throws InterruptedException {
    wakeup.await(LOOK_AGAIN);
    Thread.sleep(BURST);
    Map<String, WantedImage> now = new TreeMap<>();
    for (String reference : wanted.references()) {
      look(reference).ifPresent(found -> now.put(reference, found));
    }
    boolean different = !now.equals(named);
    named = Map.copyOf(now);
    return different;
  }

  /** The references of all manifests that are kept. */
  public interface Wanted {
    Set<String> references();
  }

  /** Empty when Podman does not say. */
  private Optional<WantedImage> look(String reference) throws InterruptedException {
    try {
      return Optional.of(new WantedImage(podman.imageId(reference)));
    } catch (PodmanException | PodmanUnavailableException e) {
      LOG.debug("image {}: {}", reference, e.getMessage());
      return Optional.empty();
    }
  }
}
