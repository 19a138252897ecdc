package io.hotpod.agent.runtime.podman;

import io.fabric8.kubernetes.api.model.Container;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.Semaphore;

/** Sees to it that a container's image is on the machine. Thread-safe. */
final class Images {
  private static final int PULLS_AT_ONCE = 3;

  /** How Podman calls images that were made on the machine; no registry is behind it. */
  private static final String LOCAL = "localhost/";

  private static final int LONGEST_MESSAGE = 300;

  private final Podman podman;
  private final ImageLedger ledger;
  private final Clock clock;
  private final Semaphore pulls = new Semaphore(PULLS_AT_ONCE);

  /**
   * @param ledger told of each image that was not there before
   */
  Images(Podman podman, ImageLedger ledger, Clock clock) {
    this.podman = podman;
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * Returns when the image is there, as the container's pull policy asks.
   *
   * @throws AttemptFailedException with the kubelet's reason
   */
  void ensure(Container container, RegistryCredentials credentials) throws InterruptedException {
    String image = container.getImage();
    boolean present = present(image);
    switch (policy(container)) {
      case "Never" -> {
        if (!present) {
          throw new AttemptFailedException(
              "ErrImageNeverPull",
              "Container image \"" + image + "\" is not present with pull policy of Never");
        }
      }
      case "Always" -> pull(image, present, credentials);
      default -> {
        if (!present) {
          pull(image, false, credentials);
        }
      }
    }
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

  private void pull(String image, boolean present, RegistryCredentials credentials)
      throws InterruptedException {
    if (image.startsWith(LOCAL)) {
      if (present) {
        return;
      }
      throw new AttemptFailedException(
          "ErrImagePull",
          "there is no image \""
              + image
              + "\" on this instance, and \"localhost/\" names no registry to pull it from; make or"
              + " load it there, and it goes on by itself");
    }
    pulls.acquire();
    try {
      podman.pull(image, credentials.header(image));
      if (!present) {
        ledger.pulled(image, clock.instant());
      }
    } catch (PodmanException e) {
      throw named(image, e);
    } finally {
      pulls.release();
    }
  }

  private static AttemptFailedException named(String image, PodmanException e) {
    String answer = shortened(e.answer());
    if (answer.toLowerCase(Locale.ROOT).contains("invalid reference format")) {
      return new AttemptFailedException(
          "InvalidImageName", "Failed to apply default image tag \"" + image + "\": " + answer, e);
    }
    return new AttemptFailedException(
        "ErrImagePull", "failed to pull image \"" + image + "\": " + answer, e);
  }

  /**
   * The user that an image runs as where nobody says otherwise; empty for none.
   *
   * @throws AttemptFailedException when nobody can say
   */
  String user(String image) throws InterruptedException {
    try {
      return podman.imageUser(image).orElse("");
    } catch (PodmanException e) {
      throw named(image, e);
    }
  }

  static String shortened(String message) {
    String line = message.strip().replaceAll("\\s+", " ");
    return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "…";
  }
}
