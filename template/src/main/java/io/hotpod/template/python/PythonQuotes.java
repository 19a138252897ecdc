package io.hotpod.template.python;

import java.util.Locale;

/** {@code repr(str)}: quotes that the text does not have, and escapes for what cannot be seen. */
public final class PythonQuotes {
  private PythonQuotes() {}

  /** The text as Python source would write it, in single quotes where it can. */
  public static String repr(String text) {
    char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    StringBuilder result = new StringBuilder().append(quote);
    text.codePoints().forEach(point -> append(point, quote, result));
    return result.append(quote).toString();
  }

  private static void append(int point, char quote, StringBuilder result) {
    if (point == quote || point == '\\') {
      result.append('\\').appendCodePoint(point);
    } else if (point == '\n') {
      result.append("\\n");
    } else if (point == '\r') {
      result.append("\\r");
    } else if (point == '\t') {
      result.append("\\t");
    } else if (isPrintable(point)) {
      result.appendCodePoint(point);
    } else {
      String form = point > 0xffff ? "\\U%08x" : point > 0xff ? "\\u%04x" : "\\x%02x";
      result.append(String.format(Locale.ROOT, form, point));
    }
  }

  private static boolean isPrintable(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> point == ' ';
      default -> true;
    };
  }
}
