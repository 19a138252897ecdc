package io.hotpod.agent.runtime.podman;

import java.nio.file.Path;

/**
 * A directory or file of the machine inside a container.
 *
 * @param propagation of mounts below it, in the kernel's words: {@code rprivate}, {@code rslave},
 *     {@code rshared}
 */
record Mount(Path source, String destination, boolean readOnly, String propagation) {
  /** One that may be written and keeps its mounts to itself. */
  static Mount of(Path source, String destination) {
    return new Mount(source, destination, false, "rprivate");
  }
}
