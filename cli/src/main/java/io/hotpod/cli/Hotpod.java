package io.hotpod.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.hotpod.cli.instance.InstanceCommands;
import io.hotpod.cli.pod.PodCommands;
import io.hotpod.cli.process.DatabaseCommands;
import io.hotpod.cli.process.RunAgent;
import io.hotpod.cli.process.RunDevelopment;
import io.hotpod.cli.process.RunHook;
import io.hotpod.cli.process.RunServer;
import io.hotpod.cli.session.ErrorPrinter;
import io.hotpod.cli.session.GivenTexts;
import io.hotpod.cli.session.GlobalOptions;
import io.hotpod.cli.session.OfferedOptions;
import io.hotpod.cli.session.Session;
import io.hotpod.cli.stack.StackCommands;
import io.hotpod.cli.template.TemplateCommands;
import io.hotpod.cli.user.UserCommands;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The {@code hotpod} command. */
@Command(
    name = "hotpod",
    versionProvider = Version.class,
    description = "Kubernetes pods on plain machines, from templates.",
    subcommands = {
      StackCommands.class,
      PodCommands.class,
      InstanceCommands.class,
      TemplateCommands.class,
      UserCommands.class,
      DatabaseCommands.class,
      RunServer.class,
      RunAgent.class,
      RunHook.class,
      RunDevelopment.class,
      ShowHelp.class,
      ShowCompletion.class,
      ShowManual.class
    },
    footer = {
      "",
      "It ends with 0 when what was asked is so, 1 when it is not, and 2 when it was asked in a"
          + " wrong way."
    })
public final class Hotpod {
  @Mixin final GlobalOptions options;

  @Option(names = "--version", versionHelp = true, description = "Show the version.")
  boolean version;

  private Hotpod(GlobalOptions options) {
    this.options = options;
  }

  /** Runs the command that the arguments name and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(run(Session.ofProcess(), arguments));
  }

  /**
   * Runs a command in this process.
   *
   * @return the exit code: 0 when what was asked is so, 1 when it is not, 2 for wrong usage
   */
  public static int run(Session session, String... arguments) {
    requireNonNull(session, "session is null");
    ErrorPrinter errors = new ErrorPrinter(session);
    CommandLine command =
        new CommandLine(new Hotpod(session.options()), new CommandFactory(session));
    OfferedOptions.trim(command);
    return command
        .setOut(new PrintWriter(session.terminal().out(), true, UTF_8))
        .setErr(new PrintWriter(session.terminal().err(), true, UTF_8))
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(session.terminal().colour() ? Ansi.ON : Ansi.OFF))
        .setExecutionStrategy(new GivenTexts())
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors)
        .execute(arguments);
  }
}
