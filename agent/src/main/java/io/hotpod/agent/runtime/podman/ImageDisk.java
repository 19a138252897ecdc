package io.hotpod.agent.runtime.podman;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The disk that Podman keeps images on. For one thread. */
final class ImageDisk implements ImageCleaner.Disk {
  private final Podman podman;
  private Optional<Path> directory = Optional.empty();

  ImageDisk(Podman podman) {
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
