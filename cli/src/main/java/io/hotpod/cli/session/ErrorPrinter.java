package io.hotpod.cli.session;

import static java.util.Objects.requireNonNull;

import io.hotpod.cli.client.ApiException;
import io.hotpod.cli.client.UnreachableException;
import io.hotpod.document.Suggestions;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells errors as {@code hotpod: what, where, what to do}, and never by a stack trace. */
public final class ErrorPrinter implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private final Session session;
  private final PrintStream err;

  /** Prints to the session's standard error. */
  public ErrorPrinter(Session session) {
    this.session = requireNonNull(session, "session is null");
    this.err = session.terminal().err();
  }

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    if (failure instanceof UnmatchedArgumentException unmatched) {
      String word = unmatched.getUnmatched().getFirst();
      tell("'" + command.getCommandSpec().qualifiedName() + "' does not know '" + word + "'.");
      candidates(command, word).ifPresent(near -> err.println("Did you mean '" + near + "'?"));
    } else {
      // picocli's own words for what is no KEY=VALUE name the option's kind twice.
      tell(("" + failure.getMessage()).replace("option option ", "option "));
    }
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help' for how to use it.");
    return CommandLine.ExitCode.USAGE;
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult arguments) {
    int exitCode = tell(failure);
    if (failure instanceof ApiException refusal && refusal.isNotFound()) {
      NearestNames.of(session, arguments)
          .ifPresent(near -> err.println("Did you mean '" + near + "'?"));
    }
    return exitCode == CommandLine.ExitCode.SOFTWARE
            && command.getCommandSpec().userObject() instanceof OwnFailureCode own
        ? own.failureCode()
        : exitCode;
  }

  /**
   * Tells why a command failed.
   *
   * @return the exit code of the process
   */
  public int tell(Exception failure) {
    switch (failure) {
      case CommandFailure refusal -> {
        tell(refusal.getMessage());
        refusal.details().forEach(err::println);
        return refusal.exitCode();
      }
      case ApiException refusal -> tell(refusal.getMessage());
      case UnreachableException absence -> {
        tell(absence.getMessage());
        err.println(absence.advice());
      }
      case UncheckedIOException io -> tell(io.getMessage() + ": " + FileReasons.of(io) + ".");
      default -> {
        tell("unexpected " + failure + "; this is a fault of hotpod itself.");
        if (failure.getStackTrace().length > 0) {
          err.println("It happened at " + failure.getStackTrace()[0] + ".");
        }
      }
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static Optional<String> candidates(CommandLine command, String word) {
    return Suggestions.nearest(
        word,
        word.startsWith("-")
            ? command.getCommandSpec().optionsMap().keySet()
            : command.getSubcommands().keySet());
  }

  private void tell(@Nullable String message) {
    err.println("hotpod: " + message);
  }
}
