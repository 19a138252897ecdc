package io.hotpod.cli.process;

import io.hotpod.cli.session.Session;
import java.nio.file.Path;
import java.util.Set;
import picocli.CommandLine.Option;

/** What all processes that stay take. picocli fills the fields. */
final class StateOptions {
  /** Those that take no value. */
  static final Set<String> FLAGS = Set.of("--verbose");

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = {
        "What it remembers; that of an earlier run is continued",
        "(default: hotpod/COMMAND under XDG_DATA_HOME or ~/.local/share)."
      })
  String directory = "";

  @Option(names = "--verbose", description = "Log more than changes of state.")
  boolean verbose;

  /**
   * Sets one of these without picocli.
   *
   * @param value empty for an option that takes none
   * @return false when the option is none of these
   */
  boolean set(String option, String value) {
    switch (option) {
      case "--state" -> directory = value;
      case "--verbose" -> verbose = true;
      default -> {
        return false;
      }
    }
    return true;
  }

  /**
   * The directory that was named, or the usual one.
   *
   * @param command its last name when none was named
   */
  Path directory(Session session, String command) {
    if (!directory.isEmpty()) {
      return session.path(directory).toAbsolutePath().normalize();
    }
    String data = session.variable("XDG_DATA_HOME");
    Path base =
        data.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".local", "share")
            : Path.of(data);
    return base.resolve("hotpod").resolve(command);
  }
}
