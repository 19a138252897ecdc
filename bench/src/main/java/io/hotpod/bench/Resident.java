package io.hotpod.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Resident memory of this process. */
final class Resident {
  private Resident() {}

  static long mebibytes() {
    return line("VmRSS:");
  }

  static long peakMebibytes() {
    return line("VmHWM:");
  }

  private static long line(String name) {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
          .findFirst()
          .orElse(-1);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the memory of this process", e);
    }
  }
}
