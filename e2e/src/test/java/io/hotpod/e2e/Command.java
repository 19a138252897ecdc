package io.hotpod.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a command to its end. */
final class Command {
  private Command() {}

  /**
   * How a command ended.
   *
   * @param output what it wrote to standard output
   * @param errors what it wrote to standard error
   */
  record Result(List<String> command, int exitCode, String output, String errors) {
    /** The output of a command that has to succeed. */
    String successful() {
      if (exitCode != 0) {
        throw new AssertionError("failed: " + this);
      }
      return output;
    }
  }

  /** Runs a command; one that takes longer is killed and fails the test. */
  static Result run(Duration deadline, List<String> command) {
    return run(deadline, command, Path.of("").toAbsolutePath());
  }

  static Result run(Duration deadline, List<String> command, Path directory) {
    try {
      Path output = Files.createTempFile("hotpod-e2e", ".out");
      Path errors = Files.createTempFile("hotpod-e2e", ".err");
      try {
        Process process =
            new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly();
          throw new AssertionError(
              "did not end within "
                  + deadline
                  + ": "
                  + command
                  + "\n"
                  + Files.readString(output, UTF_8)
                  + Files.readString(errors, UTF_8));
        }
        return new Result(
            command,
            process.exitValue(),
            Files.readString(output, UTF_8),
            Files.readString(errors, UTF_8));
      } finally {
        Files.deleteIfExists(output);
        Files.deleteIfExists(errors);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + command, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + command, e);
    }
  }
}
