package io.hotpod.cli.session;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Refuses names and values that are given and empty, as an unset variable of a script leaves them,
 * before any command runs: an empty name would mean all things, or another one.
 */
public final class GivenTexts implements IExecutionStrategy {
  /** Label of a parameter that is a program of somebody else with its arguments. */
  public static final String FOREIGN = "COMMAND";

  private final IExecutionStrategy next = new CommandLine.RunLast();

  @Override
  public int execute(ParseResult given) {
    for (ParseResult each = given; each != null; each = each.subcommand()) {
      CommandLine command = each.commandSpec().commandLine();
      each.matchedArgs().forEach(argument -> check(command, argument));
    }
    return next.execute(given);
  }

  private static void check(CommandLine command, ArgSpec argument) {
    // Arguments of somebody else's program may be empty, and mean what they mean there.
    if (!argument.paramLabel().equals(FOREIGN)
        && argument.stringValues().stream().anyMatch(String::isBlank)) {
      throw new ParameterException(command, name(argument) + " is empty.");
    }
  }

  private static String name(ArgSpec argument) {
    return switch (argument) {
      case OptionSpec option -> option.longestName();
      case PositionalParamSpec positional -> positional.paramLabel();
      default -> argument.paramLabel();
    };
  }
}
