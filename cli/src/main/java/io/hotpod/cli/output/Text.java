package io.hotpod.cli.output;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Small pieces of text. */
public final class Text {
  private Text() {}

  /** How many characters a text takes on a screen. */
  public static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  /** The text with spaces up to a width; longer ones stay as they are. */
  public static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - width(text)));
  }

  /** The text cut to a width, with an ellipsis where something was cut. */
  public static String cut(String text, int width) {
    if (width(text) <= width) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, Math.max(0, width - 1))) + "…";
  }

  /** The text on one line, and nothing in it that would steer the terminal. */
  public static String oneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints()
        .forEach(point -> line.appendCodePoint(Character.isISOControl(point) ? ' ' : point));
    return line.toString();
  }

  /** How long ago a time of the API was: {@code 42s}, {@code 5m}, {@code 3h}, {@code 12d}. */
  public static String age(String time, Instant now) {
    if (time.isEmpty()) {
      return "";
    }
    try {
      Instant then = Instant.parse(time.endsWith("Z") ? time : time + "Z");
      long seconds = Math.max(0, Duration.between(then, now).toSeconds());
      if (seconds < 120) {
        return seconds + "s";
      }
      if (seconds < 120 * 60) {
        return seconds / 60 + "m";
      }
      return seconds < 48 * 3600 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
    } catch (DateTimeParseException failure) {
      return time;
    }
  }

  /** A short time: {@code 0.3 s}, {@code 12 s}, {@code 3 min 20 s}. */
  public static String duration(Duration duration) {
    long millis = duration.toMillis();
    if (millis < 9_950) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
    long seconds = duration.toSeconds();
    return seconds < 120 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
  }
}
