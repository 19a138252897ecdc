package io.hotpod.agent;

import io.hotpod.agent.runtime.Machine;
import io.hotpod.pod.InstanceCapacity;
import java.io.File;
import java.nio.file.Path;

/** Measures what the instance has for pods. */
final class Capacity {
  private final Machine machine = Machine.here();
  private final File disk;

  /**
   * @param directory on the disk that counts
   */
  Capacity(Path directory) {
    disk = directory.toFile();
  }

  /**
   * Asks the disk alone: a {@link java.nio.file.FileStore} is found by reading the machine's whole
   * table of mounts, of which every container has some, and this is asked with each report.
   */
  InstanceCapacity now() {
    return new InstanceCapacity(
        machine.cpus(), machine.memoryBytes(), disk.getTotalSpace(), disk.getUsableSpace());
  }
}
