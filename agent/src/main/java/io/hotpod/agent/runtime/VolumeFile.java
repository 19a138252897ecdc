package io.hotpod.agent.runtime;

import static java.util.Objects.requireNonNull;

/**
 * One file of a volume.
 *
 * @param path below the volume
 * @param content may be secret; never logged
 * @param mode permission bits
 */
public record VolumeFile(String path, String content, int mode) {
  public VolumeFile {
    requireNonNull(path, "path is null");
    requireNonNull(content, "content is null");
  }

  /** Leaves out the content. */
  @Override
  public String toString() {
    return "VolumeFile[" + path + "]";
  }
}
