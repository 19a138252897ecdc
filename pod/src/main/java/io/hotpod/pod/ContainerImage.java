package io.hotpod.pod;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What a container was made from, as the runtime tells, beside what its manifest's reference names.
 *
 * @param reference that the runtime gives for the container's image; of an image with several names
 *     it may be another one than the manifest's
 * @param id of the image that the container was made from, on its machine; empty when the runtime
 *     does not tell
 * @param wanted what the manifest's reference names on the machine now; empty when the runtime
 *     cannot be asked
 */
public record ContainerImage(String reference, Optional<String> id, Optional<WantedImage> wanted) {
  public ContainerImage {
    requireNonNull(reference, "reference is null");
    requireNonNull(id, "id is null");
    requireNonNull(wanted, "wanted is null");
  }

  /** Of a runtime that cannot be asked what a reference names. */
  public static ContainerImage of(String reference) {
    return new ContainerImage(reference, Optional.empty(), Optional.empty());
  }

  /**
   * What a reference names on a machine. A reference to an index of images for several platforms
   * names the one that the machine took of it.
   *
   * @param id of the image; empty when there is none by that name
   */
  public record WantedImage(Optional<String> id) {
    public WantedImage {
      requireNonNull(id, "id is null");
    }
  }

  /**
   * Why this is another image than a manifest asks for; empty when it is the one, and also when
   * nobody can tell. Pure.
   *
   * @param asked the manifest's reference
   */
  Optional<String> differenceFrom(String asked) {
    if (wanted.isEmpty() || isNamed(asked) || wanted.get().id().filter(this::isImage).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        "was made from image %s and not from %s%s"
            .formatted(
                reference, asked, wanted.get().id().isEmpty() ? ", which is not there" : ""));
  }

  /**
   * Whether it was made from what the manifest's reference named then, and names no longer: a tag
   * was moved to another image since.
   *
   * @param asked the manifest's reference
   */
  public boolean isOvertaken(String asked) {
    return isNamed(asked)
        && id.isPresent()
        && wanted.flatMap(WantedImage::id).filter(now -> !isImage(now)).isPresent();
  }

  private boolean isNamed(String asked) {
    return ImageReference.of(asked).names(ImageReference.of(reference));
  }

  private boolean isImage(String other) {
    return id.filter(other::equals).isPresent();
  }
}
