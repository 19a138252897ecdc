package io.hotpod.agent.runtime.podman.image;

import io.hotpod.agent.runtime.podman.libpod.Podman;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The disk that Podman keeps images on. For one thread. */
public final class ImageDisk implements ImageCleaner.Disk {
  private final Podman podman;
  private Optional<Path> directory = Optional.empty();

  /**
   * @param podman which says where its images are
   */
  public ImageDisk(Podman podman) {
    this.podman = podman;
  }

  @Override
  public double used() throws IOException, InterruptedException {
    if (directory.isEmpty()) {
      directory = Optional.of(podman.storage());
    }
    FileStore store = Files.getFileStore(directory.get());
    return 1 - (double) store.getUsableSpace() / Math.max(1, store.getTotalSpace());
  }
}
