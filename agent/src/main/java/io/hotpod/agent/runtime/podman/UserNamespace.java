package io.hotpod.agent.runtime.podman;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.agent.runtime.FileGroup;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Where an ordinary user's containers live: its own id is root there, and its subordinate ids are
 * the others. Outside of it the user may neither give files to them nor remove what they own.
 */
final class UserNamespace {
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  /** What is made in the directories is of the group too. Who is not in it may not set that bit. */
  private static final String GIVE =
      "chgrp -hR -- \"$1\" \"$2\" && find \"$2\" -type d -exec chmod g+s {} +";

  private UserNamespace() {}

  /** Whether this process is an ordinary user's. */
  static boolean isOurs() throws IOException {
    return !Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
  }

  /** A group as a container knows it. */
  static FileGroup group(long id) {
    return tree -> run("sh", "-c", GIVE, "sh", Long.toString(id), tree.toString());
  }

  /** Removes a directory with everything below it, whichever user of a container owns it. */
  static void delete(Path directory) throws IOException {
    run("rm", "-rf", "--", directory.toString());
  }

  private static void run(String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of("podman", "unshare"));
    command.addAll(List.of(words));
    Path output = Files.createTempFile("hotpod-unshare", "");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      process.outputWriter(UTF_8).close();
      if (!process.waitFor(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException(String.join(" ", command) + " took too long");
      }
      if (process.exitValue() != 0) {
        throw new IOException(
            "%s: %s".formatted(String.join(" ", command), Files.readString(output).strip()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(String.join(" ", command) + " was interrupted");
    } finally {
      process.destroyForcibly();
      Files.deleteIfExists(output);
    }
  }
}
