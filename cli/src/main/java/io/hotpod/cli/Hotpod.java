package io.hotpod.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code hotpod} command. */
@Command(
    name = "hotpod",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    description = "Kubernetes pods on plain machines, from templates.")
public final class Hotpod {
  private Hotpod() {}

  /** Runs the command that the arguments name and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Hotpod()).execute(arguments));
  }
}
