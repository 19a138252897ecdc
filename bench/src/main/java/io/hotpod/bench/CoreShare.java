package io.hotpod.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Gives a process a part of a core, by a cgroup of its own. For one thread. */
final class CoreShare implements AutoCloseable {
  private static final Path CPU = Path.of("/sys/fs/cgroup/cpu");

  /** Short, so that a process that has used its part up does not stand still for long. */
  private static final long PERIOD_MICROS = 10_000;

  private final Path group;

  private CoreShare(Path group) {
    this.group = group;
  }

  /**
   * Limits a process and its threads, until this is closed.
   *
   * @return empty where this user cannot make such a group
   */
  static Optional<CoreShare> of(Process process, int percent) {
    Path group = CPU.resolve("hotpod-bench-" + process.pid());
    try {
      Files.createDirectory(group);
      CoreShare share = new CoreShare(group);
      share.write("cpu.cfs_period_us", PERIOD_MICROS);
      share.write("cpu.cfs_quota_us", PERIOD_MICROS * percent / 100);
      share.write("cgroup.procs", process.pid());
      return Optional.of(share);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void write(String file, long value) throws IOException {
    Files.writeString(group.resolve(file), value + "\n");
  }

  /** Takes the group away, once its process is gone. */
  @Override
  public void close() {
    try {
      for (int look = 0; !Files.readString(group.resolve("cgroup.procs")).isBlank(); look++) {
        if (look == 1_000) {
          throw new IllegalStateException("a process does not leave " + group);
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      }
      Files.delete(group);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot take " + group + " away", e);
    }
  }
}
