package io.hotpod.agent.runtime.podman.image;

import io.fabric8.kubernetes.api.model.Container;
import io.hotpod.agent.runtime.podman.libpod.Podman;
import io.hotpod.agent.runtime.podman.libpod.PodmanException;
import io.hotpod.agent.runtime.podman.libpod.PodmanUnavailableException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that a container's image is on the machine. Thread-safe. */
public final class Images {
  private static final Logger LOG = LoggerFactory.getLogger(Images.class);
  private static final int LOADS_AT_ONCE = 2;

  /** How Podman calls images that were made on the machine; no registry is behind it. */
  private static final String LOCAL = "localhost/";

  private static final int LONGEST_MESSAGE = 300;

  /** What registries say to who may not have an image, or may not know that there is one. */
  private static final List<String> REFUSALS =
      List.of("unauthorized", "authentication required", "access denied", "denied:");

  private final Podman podman;
  private final ImageLedger ledger;
  private final ImageArchives archives;
  private final Clock clock;
  private final Semaphore loads = new Semaphore(LOADS_AT_ONCE);
  private final RegistrySlots registries = new RegistrySlots();
  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  /**
   * @param ledger told of each image that was not there before
   * @param archives to load from what is missing
   */
  public Images(Podman podman, ImageLedger ledger, ImageArchives archives, Clock clock) {
    this.podman = podman;
    this.ledger = ledger;
    this.archives = archives;
    this.clock = clock;
  }

  /**
   * Returns when the image is there, as the container's pull policy asks. One that was there before
   * and need not be asked for anew is believed to be there still, see {@link #gone}.
   *
   * @throws AttemptFailedException with the kubelet's reason
   */
  public Ensured ensure(Container container, RegistryCredentials credentials)
      throws InterruptedException {
    if (policy(container).equals("IfNotPresent") && seen.contains(container.getImage())) {
      return new Ensured(false, "");
    }
    return new Ensured(true, fetch(container, credentials));
  }

  /**
   * What came of it.
   *
   * @param looked whether the image was looked for
   * @param remark for people, when there is something to say though the image is there; may be
   *     empty
   */
  public record Ensured(boolean looked, String remark) {}

  /**
   * The same with a look in any case. What an archive has is not pulled: the archive stands for the
   * registry. An image that is there is gone on with where its registry cannot be reached: a
   * machine that boots without a network brings its pods back.
   *
   * @return a remark, see {@link Ensured}
   * @throws AttemptFailedException with the kubelet's reason
   */
  public String fetch(Container container, RegistryCredentials credentials)
      throws InterruptedException {
    String image = container.getImage();
    String remark = "";
    boolean present = present(image);
    switch (policy(container)) {
      case "Never" -> {
        if (!present && !load(image)) {
          throw new AttemptFailedException(
              "ErrImageNeverPull",
              "Container image \"" + image + "\" is not present with pull policy of Never");
        }
      }
      case "Always" -> {
        if (present ? archives.holding(image).isEmpty() : !load(image)) {
          remark = present ? renew(image, credentials) : pull(image, false, credentials);
        }
      }
      default -> {
        if (!present && !load(image)) {
          pull(image, false, credentials);
        }
      }
    }
    seen.add(image);
    return remark;
  }

  private String renew(String image, RegistryCredentials credentials) throws InterruptedException {
    try {
      return pull(image, true, credentials);
    } catch (AttemptFailedException e) {
      if (!(e.getCause() instanceof PodmanException refusal
          && Unreachable.isMeant(refusal.answer().strip()))) {
        throw e;
      }
      return stale(image, shortened(refusal.answer()));
    } catch (PodmanUnavailableException e) {
      if (!e.late()) {
        throw e;
      }
      return stale(image, "the pull took too long");
    }
  }

  private static String stale(String image, String why) {
    String remark =
        "the registry of image \""
            + image
            + "\" cannot be reached, so the image that is on the machine is used: "
            + why;
    LOG.warn("{}", remark);
    return remark;
  }

  /**
   * Whether Podman refused because it has no such image, as after somebody removed it. The next
   * {@link #ensure} looks for it.
   */
  public boolean gone(String image, PodmanException refusal) {
    String answer = refusal.answer();
    return (answer.contains("no such image") || answer.contains("image not known"))
        && seen.remove(image);
  }

  /**
   * Loads an image that is missing from its archive.
   *
   * @return false when no archive has it
   * @throws AttemptFailedException when it cannot be loaded
   */
  private boolean load(String image) throws InterruptedException {
    Optional<Path> archive = archives.holding(image);
    if (archive.isEmpty()) {
      return false;
    }
    loads.acquire();
    try {
      if (present(image)) {
        return true;
      }
      Map<String, Optional<String>> others = new TreeMap<>();
      for (String name : archives.names(archive.get())) {
        if (!name.equals(ImageNames.full(image))) {
          others.put(name, podman.imageId(name));
        }
      }
      List<String> loaded = podman.load(archive.get());
      LOG.info("loaded {} from {}", loaded, archive.get());
      for (Map.Entry<String, Optional<String>> other : others.entrySet()) {
        brought(other.getKey(), other.getValue());
      }
      if (!present(image)) {
        throw new AttemptFailedException(
            "ErrImagePull",
            "loading " + archive.get() + " brought " + loaded + " and not \"" + image + "\"");
      }
      ledger.pulled(image, clock.instant());
      return true;
    } catch (PodmanException e) {
      throw notLoaded(image, archive.get(), e.answer(), e);
    } catch (PodmanUnavailableException e) {
      // Also when Podman stopped reading, as from a full disk: not to be repeated in a hurry.
      throw notLoaded(image, archive.get(), String.valueOf(e.getMessage()), e);
    } finally {
      loads.release();
    }
  }

  private static AttemptFailedException notLoaded(
      String image, Path archive, String why, RuntimeException e) {
    return new AttemptFailedException(
        "ErrImagePull",
        "failed to load image \"" + image + "\" from " + archive + ": " + shortened(why),
        e);
  }

  /** The policy, or what Kubernetes takes where none is given: Always for the tag latest. */
  private static String policy(Container container) {
    if (container.getImagePullPolicy() != null) {
      return container.getImagePullPolicy();
    }
    String image = container.getImage();
    String last = image.substring(image.lastIndexOf('/') + 1);
    return !last.contains("@") && (!last.contains(":") || last.endsWith(":latest"))
        ? "Always"
        : "IfNotPresent";
  }

  private boolean present(String image) throws InterruptedException {
    try {
      return podman.imageId(image).isPresent();
    } catch (PodmanException e) {
      throw named(image, e);
    }
  }

  /** Returns no remark. */
  private String pull(String image, boolean present, RegistryCredentials credentials)
      throws InterruptedException {
    if (image.startsWith(LOCAL)) {
      if (present) {
        return "";
      }
      throw new AttemptFailedException(
          "ErrImagePull",
          "there is no image \""
              + image
              + "\" on this instance, and \"localhost/\" names no registry to pull it from; make or"
              + " load it there, or put an archive of it into "
              + archives.directory()
              + ", and it goes on by itself"
              + archiveProblems());
    }
    Semaphore slots = registries.of(image);
    slots.acquire();
    try {
      Optional<String> before = present ? podman.imageId(image) : Optional.empty();
      podman.pull(image, credentials.header(image));
      brought(image, before);
      return "";
    } catch (PodmanException e) {
      throw named(image, e, login(e, image, credentials));
    } finally {
      slots.release();
    }
  }

  /**
   * Notes what came under a name, and what lost the name to it: nothing else leads to that one any
   * more. Of an image that others brought nothing is noted.
   *
   * @param before id of the image that had the name
   */
  private void brought(String image, Optional<String> before) throws InterruptedException {
    Optional<String> now = podman.imageId(image);
    if (now.isEmpty() || now.equals(before)) {
      return;
    }
    if (before.isPresent() && ledger.knows(image)) {
      ledger.pulled(before.get(), clock.instant());
    }
    ledger.pulled(image, clock.instant());
  }

  private String archiveProblems() {
    String problems = archives.problems();
    return problems.isEmpty() ? "" : "; " + problems;
  }

  /** What to do about a registry that wants to know who asks. */
  private static String login(PodmanException e, String image, RegistryCredentials credentials) {
    String text = e.answer().toLowerCase(Locale.ROOT);
    if (REFUSALS.stream().noneMatch(text::contains)) {
      return "";
    }
    return credentials.header(image).isEmpty()
        ? "; the pod's imagePullSecrets have no login for it"
        : "; the login in the pod's imagePullSecrets is refused, or may not read this image";
  }

  private AttemptFailedException named(String image, PodmanException e) {
    return named(image, e, "");
  }

  /**
   * @param advice what else is to be said, after a semicolon; may be empty
   */
  private AttemptFailedException named(String image, PodmanException e, String advice) {
    String answer = shortened(e.answer());
    if (answer.toLowerCase(Locale.ROOT).contains("invalid reference format")) {
      return new AttemptFailedException(
          "InvalidImageName", "Failed to apply default image tag \"" + image + "\": " + answer, e);
    }
    return new AttemptFailedException(
        "ErrImagePull",
        "failed to pull image \"" + image + "\": " + answer + advice + archiveProblems(),
        e);
  }

  /**
   * The user that an image runs as where nobody says otherwise; empty for none.
   *
   * @throws AttemptFailedException when nobody can say
   */
  public String user(String image) throws InterruptedException {
    try {
      return podman.imageUser(image).orElse("");
    } catch (PodmanException e) {
      throw named(image, e);
    }
  }

  /** Podman's words on one line and of a length that fits a status. */
  public static String shortened(String message) {
    String line = message.strip().replaceAll("\\s+", " ");
    return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "…";
  }
}
