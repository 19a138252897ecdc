package io.hotpod.agent.runtime.podman.libpod;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a process runs and for how long, whatever the machine's clock is set to meanwhile. */
public final class ProcessAge {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessAge.class);

  /** In which the kernel tells the times of processes: USER_HZ, see proc(5). */
  private static final long TICKS_A_SECOND = 100;

  /** Of {@code state} among the words after the name. */
  private static final int STATE = 0;

  /** Of {@code starttime} among the words after the name; it is the 22nd of all. */
  private static final int START = 19;

  private ProcessAge() {}

  /** Empty for a process that is gone. */
  static Optional<Duration> of(long process) {
    try {
      long start = Long.parseLong(words(process)[START]) * 1000 / TICKS_A_SECOND;
      return Optional.of(Uptime.now().time().minusMillis(start));
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
      LOG.debug("the age of process {} is not known", process, e);
      return Optional.empty();
    }
  }

  /** Not one that ended and that nobody has asked for its exit code yet. */
  public static boolean runs(long process) {
    try {
      return !"ZX".contains(words(process)[STATE]);
    } catch (IOException e) {
      return false;
    }
  }

  private static String[] words(long process) throws IOException {
    String line = Files.readString(Path.of("/proc", Long.toString(process), "stat"));
    // The name stands in parentheses and may hold blanks and parentheses itself.
    return line.substring(line.lastIndexOf(')') + 1).strip().split(" ", -1);
  }
}
