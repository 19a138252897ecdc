package io.hotpod.agent.runtime.podman.libpod;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * For how long the machine has run, which goes on evenly over restarts of the agent and through
 * whatever its clock is set to.
 *
 * @param boot id of this boot
 * @param time since then, with the time that it slept
 */
public record Uptime(String boot, Duration time) {
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path TIME = Path.of("/proc/uptime");
  private static final int TO_MILLIS = 3;

  /** Now. Where the kernel does not tell, of this process. */
  public static Uptime now() {
    try {
      String[] words = Files.readString(TIME).strip().split(" ", 2);
      long millis = new BigDecimal(words[0]).movePointRight(TO_MILLIS).longValue();
      return new Uptime(Files.readString(BOOT).strip(), Duration.ofMillis(millis));
    } catch (IOException | NumberFormatException e) {
      return new Uptime(
          "process " + ProcessHandle.current().pid(), Duration.ofNanos(System.nanoTime()));
    }
  }
}
