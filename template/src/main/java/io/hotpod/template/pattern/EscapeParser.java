package io.hotpod.template.pattern;

/** Escapes that stand for one character, in and out of a character set. For one thread. */
final class EscapeParser {
  private final PatternCursor cursor;

  EscapeParser(PatternCursor cursor) {
    this.cursor = cursor;
  }

  /**
   * The character of an escape.
   *
   * @param start where its backslash is
   * @param letter after the backslash, already passed over
   */
  int character(int start, int letter) {
    return switch (letter) {
      case 'a' -> 0x07;
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> 0x0b;
      case 'x' -> hexadecimal(start, 2);
      case 'u' -> hexadecimal(start, 4);
      case 'U' -> hexadecimal(start, 8);
      case 'N' -> named(start);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(start, letter);
      case -1 -> throw new PatternException(start, "bad escape (end of pattern)");
      default -> {
        if (letter < 128 && Character.isLetterOrDigit(letter)) {
          throw new PatternException(start, "bad escape " + cursor.since(start));
        }
        yield letter;
      }
    };
  }

  private int hexadecimal(int start, int digits) {
    int value = 0;
    for (int i = 0; i < digits; i++) {
      int digit = cursor.peek() < 128 ? Character.digit(cursor.peek(), 16) : -1;
      if (digit < 0) {
        throw new PatternException(start, "incomplete escape " + cursor.since(start));
      }
      value = value << 4 | digit;
      cursor.next();
    }
    if (!Character.isValidCodePoint(value)) {
      throw new PatternException(start, "bad escape " + cursor.since(start));
    }
    return value;
  }

  private int octal(int start, int first) {
    int value = first - '0';
    for (int i = 0; i < 2 && cursor.peek() >= '0' && cursor.peek() <= '7'; i++) {
      value = value * 8 + cursor.next() - '0';
    }
    if (value > 0xff) {
      throw new PatternException(
          start, "octal escape value " + cursor.since(start) + " outside of range 0-0o377");
    }
    return value;
  }

  private int named(int start) {
    if (!cursor.take("{")) {
      throw new PatternException(cursor.position(), "missing {");
    }
    if (cursor.atEnd()) {
      throw new PatternException(cursor.position(), "missing character name");
    }
    String name = cursor.upTo('}', start, "name");
    try {
      return Character.codePointOf(name);
    } catch (IllegalArgumentException unknown) {
      throw new PatternException(start, "undefined character name '" + name + "'");
    }
  }
}
