package io.hotpod.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.pod.InstanceCapacity;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is measured is compared with what another way of asking the machine says. */
final class TestCapacity {
  private static final long QUARTER = 256L << 20;

  @TempDir Path directory;

  @Test
  void machineAndTheDiskOfTheStateAreMeasured() throws Exception {
    InstanceCapacity now = new Capacity(directory).now();

    assertThat(now.cpus()).isBetween(1, Runtime.getRuntime().availableProcessors());
    assertThat(now.memoryBytes()).isGreaterThan(QUARTER);
    assertThat(now.diskBytes()).isEqualTo(Files.getFileStore(directory).getTotalSpace());
    assertThat(now.diskFreeBytes()).isBetween(0L, now.diskBytes());
  }

  @Test
  void diskThatIsNotThereTellsNothing() {
    InstanceCapacity now = new Capacity(directory.resolve("none")).now();

    assertThat(now.diskBytes()).isZero();
    assertThat(now.diskFreeBytes()).isZero();
  }

  @Test
  void freeDiskIsToldInWholeQuartersOfGibibytes() {
    assertThat(new InstanceCapacity(1, 1, 4 * QUARTER, 3 * QUARTER - 1).diskFreeBytes())
        .isEqualTo(2 * QUARTER);
    assertThat(new InstanceCapacity(1, 1, 4 * QUARTER, QUARTER - 1).diskFreeBytes()).isZero();
  }
}
