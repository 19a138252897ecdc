package io.hotpod.agent.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What this machine has for pods.
 *
 * @param cpus that this process may use
 * @param memoryBytes all of it; 0 where nobody can tell
 */
public record Machine(int cpus, long memoryBytes) {
  private static final String TOTAL = "MemTotal:";

  /** This machine. */
  public static Machine here() {
    return new Machine(
        Runtime.getRuntime().availableProcessors(), memory(Path.of("/proc/meminfo")));
  }

  static long memory(Path meminfo) {
    try {
      for (String line : Files.readAllLines(meminfo)) {
        if (line.startsWith(TOTAL)) {
          String[] words = line.substring(TOTAL.length()).strip().split(" ", -1);
          return Long.parseLong(words[0]) * 1024;
        }
      }
      return 0;
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }
}
