package io.hotpod.agent.runtime.podman.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How many files and processes a container may be allowed where this process itself is limited.
 * Podman gives each container 1048576 of both, which fails on a machine whose own hard limits are
 * lower and where nobody may raise them.
 *
 * @param openFiles hard limit
 * @param processes hard limit; the kernel's largest process number where that is lower
 */
public record ProcessLimits(long openFiles, long processes) {
  private static final long PODMAN_DEFAULT = 1048576;

  /** Empty where Podman's own numbers work, or where the limits cannot be read. */
  public static Optional<ProcessLimits> tight() {
    try {
      String limits = Files.readString(Path.of("/proc/self/limits"));
      long files = hard(limits, "Max open files");
      long processes = Math.min(hard(limits, "Max processes"), largestProcess());
      return files < PODMAN_DEFAULT || hard(limits, "Max processes") < PODMAN_DEFAULT
          ? Optional.of(new ProcessLimits(Math.min(files, PODMAN_DEFAULT), processes))
          : Optional.empty();
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /**
   * The kernel gives this file to the first read alone, so it cannot be read byte by byte, as
   * {@link Files#readString} begins with a file that says it is empty.
   */
  public static long largestProcess() throws IOException {
    return Long.parseLong(Files.readAllLines(Path.of("/proc/sys/kernel/pid_max")).getFirst());
  }

  /** The hard limit in the text of {@code /proc/self/limits}: name, soft, hard, unit. */
  public static long hard(String limits, String name) {
    for (String line : limits.split("\n", -1)) {
      if (line.startsWith(name + " ")) {
        String[] columns = line.substring(name.length()).strip().split("\\s+", -1);
        return columns[1].equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(columns[1]);
      }
    }
    return Long.MAX_VALUE;
  }
}
