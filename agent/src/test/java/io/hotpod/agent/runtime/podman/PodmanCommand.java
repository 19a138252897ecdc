package io.hotpod.agent.runtime.podman;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Podman's own command, as a person gives it on the machine of the tests. */
final class PodmanCommand {
  private PodmanCommand() {}

  /**
   * Runs it to its end, with what it complains of among what the tests say.
   *
   * @return what it printed
   * @throws IOException when it fails, or takes minutes
   */
  static String run(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("podman"));
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
      throw new IOException(String.join(" ", command) + " failed: " + printed);
    }
    return printed.strip();
  }
}
