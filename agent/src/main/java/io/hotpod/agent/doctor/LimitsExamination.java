package io.hotpod.agent.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How many files this process, and so its containers, may have open. */
final class LimitsExamination {
  private static final String SUBJECT = "open files";

  /** A hundred containers with their sockets, and then some. */
  private static final long ENOUGH = 4096;

  private final Path limits;

  /**
   * @param limits as {@code /proc/self/limits}
   */
  LimitsExamination(Path limits) {
    this.limits = limits;
  }

  static LimitsExamination ofThisMachine() {
    return new LimitsExamination(Path.of("/proc/self/limits"));
  }

  List<Finding> examine() {
    try {
      for (String line : Files.readAllLines(limits)) {
        if (line.startsWith("Max open files")) {
          return List.of(judged(line.substring("Max open files".length()).strip().split("\\s+")));
        }
      }
      return List.of();
    } catch (IOException e) {
      // Not on Linux, where there is nothing to run pods either: Podman's finding says so.
      return List.of();
    }
  }

  private static Finding judged(String... softAndHard) {
    String hard = softAndHard[1];
    boolean enough = hard.equals("unlimited") || Long.parseLong(hard) >= ENOUGH;
    return enough
        ? Finding.good(SUBJECT, "at most " + hard)
        : Finding.doubtful(
            SUBJECT,
            "at most " + hard + ", for the agent and for each container",
            "raise it, as by LimitNOFILE=65536 in the unit or 'ulimit -Hn 65536' before the start");
  }
}
