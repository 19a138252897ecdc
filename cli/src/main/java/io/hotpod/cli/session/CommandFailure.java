package io.hotpod.cli.session;

import java.util.List;

/**
 * A command could not do what it was asked; ends the process with exit code 1, or 2 when it was
 * asked in a wrong way.
 */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<String> details;
  private final int exitCode;

  private CommandFailure(int exitCode, String message, List<String> details) {
    super(message);
    this.exitCode = exitCode;
    this.details = List.copyOf(details);
  }

  /**
   * What was asked could not be done.
   *
   * @param message what, and where
   * @param details more lines, such as what to do; may be none
   */
  public static CommandFailure of(String message, String... details) {
    return new CommandFailure(1, message, List.of(details));
  }

  /** What was asked could not be done, with lines that are made elsewhere. */
  public static CommandFailure of(String message, List<String> details) {
    return new CommandFailure(1, message, details);
  }

  /** The command was used wrongly. */
  public static CommandFailure usage(String message, String... details) {
    return new CommandFailure(2, message, List.of(details));
  }

  /** Lines to show under the message, as they are. */
  public List<String> details() {
    return details;
  }

  /** 1 for a failure, 2 for wrong usage. */
  public int exitCode() {
    return exitCode;
  }
}
