package io.hotpod.cli.pod;

import io.hotpod.cli.client.Paths;

/** Where the API has a pod. */
final class PodPath {
  private PodPath() {}

  /** The path of a pod that people named by its name or id, or as {@code stack/resource}. */
  static String of(String name) {
    return "/pods/" + Paths.encode(name);
  }
}
