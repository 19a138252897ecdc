package io.hotpod.cli.session;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Takes options of all commands away from those where they would mean nothing. */
public final class OfferedOptions {
  private static final Map<String, List<String>> WITHOUT_MEANING =
      Map.of(
          "server", List.of("--server", "--project", "--token-file", "--ca-file", "--json"),
          "agent", List.of("--project", "--token-file", "--json"),
          "user", List.of("--server", "--project", "--token-file", "--ca-file", "--json"),
          "database", List.of("--server", "--project", "--token-file", "--ca-file", "--json"),
          "dev", List.of("--server", "--token-file", "--ca-file", "--json"),
          "template", List.of("--server", "--project", "--token-file", "--ca-file"));

  private OfferedOptions() {}

  /** Changes the subcommands of the root command. */
  public static void trim(CommandLine root) {
    WITHOUT_MEANING.forEach(
        (command, options) ->
            trim(requireNonNull(root.getSubcommands().get(command), command), options));
  }

  private static void trim(CommandLine command, List<String> options) {
    CommandSpec spec = command.getCommandSpec();
    for (String name : options) {
      OptionSpec option = spec.findOption(name);
      if (option != null) {
        spec.remove(option);
      }
    }
    command.getSubcommands().values().forEach(each -> trim(each, options));
  }
}
