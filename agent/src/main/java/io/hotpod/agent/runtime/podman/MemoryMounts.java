package io.hotpod.agent.runtime.podman;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Mounts of memory for volumes, as far as this process may make them. */
public final class MemoryMounts {
  private static final Path TABLE = Path.of("/proc/self/mountinfo");
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final int POINT = 4;

  private MemoryMounts() {}

  /** Whether something is mounted at this very directory. */
  static boolean isMounted(Path directory) throws IOException {
    return below(directory).contains(directory.toRealPath());
  }

  /**
   * Mounts memory at a directory.
   *
   * @param size in bytes; empty for half of the machine's memory
   * @return whether it is mounted; not every user may do that
   */
  static boolean mount(Path directory, Optional<Long> size)
      throws IOException, InterruptedException {
    String options = "mode=0777" + size.map(bytes -> ",size=" + bytes).orElse("");
    return run(List.of("mount", "-t", "tmpfs", "-o", options, "tmpfs", directory.toString()));
  }

  /** Takes away what is mounted at a directory or below it, and with it what is in there. */
  public static void unmountBelow(Path directory) throws IOException, InterruptedException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    for (Path point : below(directory).reversed()) {
      // Lazily: a container that still has it open must not keep its pod from being removed.
      boolean gone = run(List.of("umount", "-l", point.toString()));
      if (!gone) {
        throw new IOException(point + " cannot be unmounted");
      }
    }
  }

  /** Mount points at or below a directory, in the order in which they were mounted. */
  private static List<Path> below(Path directory) throws IOException {
    Path real = directory.toRealPath();
    List<Path> points = new ArrayList<>();
    for (String line : Files.readAllLines(TABLE)) {
      String[] fields = line.split(" ", -1);
      Path point = Path.of(fields.length > POINT ? unescaped(fields[POINT]) : "/");
      if (point.startsWith(real)) {
        points.add(point);
      }
    }
    return points;
  }

  /** White space and backslashes are written as three octal digits. */
  static String unescaped(String field) {
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < field.length(); at++) {
      if (field.charAt(at) == '\\' && at + 3 < field.length()) {
        text.append((char) Integer.parseInt(field.substring(at + 1, at + 4), 8));
        at += 3;
      } else {
        text.append(field.charAt(at));
      }
    }
    return text.toString();
  }

  private static boolean run(List<String> command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.outputWriter(UTF_8).close();
      if (!process.waitFor(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        return false;
      }
      return process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
