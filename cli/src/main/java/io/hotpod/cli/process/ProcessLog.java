package io.hotpod.cli.process;

import java.util.List;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Sends the log to the standard error, a line for each event. */
final class ProcessLog {
  /** Held here because the logging framework itself forgets loggers that nobody holds. */
  private static final List<Logger> LOGGERS =
      List.of(Logger.getLogger(""), Logger.getLogger("io.hotpod"));

  private ProcessLog() {}

  /** Warnings of everybody and the changes of state of our own; {@code verbose} tells more. */
  static void start(boolean verbose) {
    Logger root = LOGGERS.getFirst();
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    ConsoleHandler handler = new ConsoleHandler();
    handler.setLevel(Level.ALL);
    handler.setFormatter(new OneLineFormatter());
    root.addHandler(handler);
    root.setLevel(verbose ? Level.INFO : Level.WARNING);
    LOGGERS.getLast().setLevel(verbose ? Level.FINE : Level.INFO);
  }
}
