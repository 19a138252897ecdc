package io.hotpod.cli.process;

import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** {@code 2026-11-23T14:00:00.123Z WARN Reconciler: message}, and where a failure came from. */
final class OneLineFormatter extends Formatter {
  @Override
  public String format(LogRecord entry) {
    StringBuilder line = new StringBuilder();
    line.append(
        DateTimeFormatter.ISO_INSTANT.format(entry.getInstant().truncatedTo(ChronoUnit.MILLIS)));
    line.append(' ').append(level(entry.getLevel())).append(' ');
    String name = entry.getLoggerName() == null ? "" : entry.getLoggerName();
    line.append(name.substring(name.lastIndexOf('.') + 1)).append(": ");
    appendLine(formatMessage(entry), line);
    Throwable thrown = entry.getThrown();
    for (int depth = 0; thrown != null && depth < 5; depth++) {
      line.append(depth == 0 ? " | " : " | because of ");
      appendLine(thrown.toString(), line);
      if (thrown.getStackTrace().length > 0) {
        line.append(" at ").append(thrown.getStackTrace()[0]);
      }
      thrown = thrown.getCause();
    }
    return line.append('\n').toString();
  }

  private static String level(Level level) {
    int value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return "ERROR";
    }
    if (value >= Level.WARNING.intValue()) {
      return "WARN";
    }
    return value >= Level.INFO.intValue() ? "INFO" : "DEBUG";
  }

  /** What comes from outside must not look like lines of ours. */
  private static void appendLine(String text, StringBuilder line) {
    text.chars().forEach(character -> line.append(character < ' ' ? ' ' : (char) character));
  }
}
