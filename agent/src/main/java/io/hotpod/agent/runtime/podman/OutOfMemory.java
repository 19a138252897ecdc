package io.hotpod.agent.runtime.podman;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.agent.runtime.podman.libpod.ContainerView;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Whether the kernel killed a container for its memory limit. Podman 4.3 often does not know: its
 * monitor learns of it only where cgroup version 2 has told it before the end. The kernel's own log
 * names the container's group.
 */
final class OutOfMemory {
  private static final Duration DEADLINE = Duration.ofSeconds(2);
  private static final int KILLED = 137;

  private OutOfMemory() {}

  /** Whether it has to be asked for: only what was killed can have been killed for that. */
  static boolean isPossible(ContainerView ended) {
    return ended.exitCode() == KILLED && !ended.outOfMemory();
  }

  /** Whether the kernel's log says so; false where it cannot be read. */
  static boolean wasSaid(String containerId) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder("dmesg")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
              .start();
      try (BufferedReader lines = process.inputReader(UTF_8)) {
        return lines.lines().anyMatch(line -> isAbout(line, containerId));
      } finally {
        if (!process.waitFor(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
          process.destroyForcibly();
        }
      }
    } catch (IOException e) {
      return false;
    }
  }

  /** A line of the kernel that says which group ran out of memory. */
  static boolean isAbout(String line, String containerId) {
    int at = line.indexOf("oom_memcg=");
    int end = line.indexOf(",task_memcg", Math.max(at, 0));
    return at >= 0 && end > at && line.substring(at, end).contains(containerId);
  }
}
