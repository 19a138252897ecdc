package io.hotpod.pod;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A reference to an image, in full: with registry and tag by Docker's rules for short names, which
 * the kubelet follows too. Where a digest pins the image, the tag beside it says nothing.
 *
 * @param repository with its registry, such as {@code docker.io/library/busybox}
 * @param path the repository as it was given
 * @param tag {@code latest} where neither tag nor digest is given; empty beside a digest
 * @param digest with its algorithm, such as {@code sha256:…}
 */
record ImageReference(
    String repository, String path, Optional<String> tag, Optional<String> digest) {
  private static final String HUB = "docker.io/";
  private static final String OFFICIAL = "library/";

  ImageReference {
    requireNonNull(repository, "repository is null");
    requireNonNull(path, "path is null");
    requireNonNull(tag, "tag is null");
    requireNonNull(digest, "digest is null");
  }

  /** Takes any text; of one that is no reference, the whole is the repository. */
  static ImageReference of(String text) {
    int at = text.indexOf('@');
    String named = at < 0 ? text : text.substring(0, at);
    int colon = named.lastIndexOf(':');
    boolean tagged = colon > named.lastIndexOf('/');
    String path = tagged ? named.substring(0, colon) : named;
    return at < 0
        ? new ImageReference(
            full(path),
            path,
            Optional.of(tagged ? named.substring(colon + 1) : "latest"),
            Optional.empty())
        : new ImageReference(
            full(path), path, Optional.empty(), Optional.of(text.substring(at + 1)));
  }

  private static String full(String path) {
    String qualified = hasRegistry(path) ? path : HUB + path;
    return qualified.startsWith(HUB) && qualified.indexOf('/', HUB.length()) < 0
        ? HUB + OFFICIAL + qualified.substring(HUB.length())
        : qualified;
  }

  private static boolean hasRegistry(String path) {
    int slash = path.indexOf('/');
    String first = slash < 0 ? "" : path.substring(0, slash);
    return first.contains(".") || first.contains(":") || first.equals("localhost");
  }

  /**
   * Whether another reference is this one in other words. A name without a registry is also what
   * Podman makes of it: {@code localhost/web} of an image that was made on the machine, or what its
   * aliases and search registries say.
   */
  boolean names(ImageReference other) {
    return tag.equals(other.tag)
        && digest.equals(other.digest)
        && (repository.equals(other.repository)
            || (!hasRegistry(path) && other.repository.endsWith("/" + path)));
  }
}
