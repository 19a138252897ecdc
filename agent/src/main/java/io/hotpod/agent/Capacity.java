package io.hotpod.agent;

import io.hotpod.agent.runtime.Machine;
import io.hotpod.pod.InstanceCapacity;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** Measures what the instance has for pods. */
final class Capacity {
  private final Machine machine = Machine.here();
  private final Path directory;

  /**
   * @param directory on the disk that counts
   */
  Capacity(Path directory) {
    this.directory = directory;
  }

  InstanceCapacity now() {
    try {
      FileStore disk = Files.getFileStore(directory);
      return new InstanceCapacity(
          machine.cpus(), machine.memoryBytes(), disk.getTotalSpace(), disk.getUsableSpace());
    } catch (IOException e) {
      return new InstanceCapacity(machine.cpus(), machine.memoryBytes(), 0, 0);
    }
  }
}
