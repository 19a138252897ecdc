package io.hotpod.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.cli.session.Session;
import io.hotpod.cli.session.Terminal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/**
 * Runs the hook against a Podman that is played, so that the Java machine can record for the
 * start-up cache what it loads. Used when the program is packaged.
 */
final class HookTraining {
  /** A busy machine needs long to get to what is to be recorded. */
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private HookTraining() {}

  /**
   * @param arguments a directory for state, that of the socket too
   */
  public static void main(String[] arguments) throws IOException {
    ProcessEnd.prepare();
    Path directory = Path.of(arguments[arguments.length - 1]);
    try (PlayedPodman podman = new PlayedPodman(directory.resolve("podman.sock"))) {
      run(directory, config("DELETE"));
      run(directory, config("CREATE"));
      if (podman.made() == 0) {
        throw new IllegalStateException("no container was made within " + LONGEST);
      }
      run(directory, config("DELETE"));
    }
  }

  private static void run(Path directory, String config) {
    System.setIn(new ByteArrayInputStream(config.getBytes(UTF_8)));
    HookMain.run(
        session(),
        "hook",
        "--state",
        directory.resolve("state").toString(),
        "--podman-socket",
        directory.resolve("podman.sock").toString());
  }

  private static String config(String action) {
    return """
    {"id": "1", "name": "web", "group": "kubelet", "options": {"timeout": %d},
     "inputs": [{"name": "deploy_action", "value": "%s"}],
     "config": {"version": "v1beta2",
       "containers": [{"name": "web", "image": "none", "command": ["true"]}]}}\
    """
        .formatted(LONGEST.toSeconds(), action);
  }

  private static Session session() {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, UTF_8);
    return new Session(
        new Terminal(nowhere, nowhere, false, false),
        System.getenv(),
        Path.of(""),
        Clock.systemUTC(),
        () -> "00000000-0000-0000-0000-000000000000");
  }
}
