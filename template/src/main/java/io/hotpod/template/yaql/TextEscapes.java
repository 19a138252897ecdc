package io.hotpod.template.yaql;

/** The escapes of Python's text literals; what is none of them stays as it is. */
final class TextEscapes {
  private static final String LETTERS = "\\'\"abfnrtv";
  private static final String MEANINGS = "\\'\"\u0007\b\f\n\r\t\u000b";

  private final String content;
  private final int offset;
  private final StringBuilder resolved = new StringBuilder();
  private int position;

  private TextEscapes(String content, int offset) {
    this.content = content;
    this.offset = offset;
  }

  /**
   * @param offset of the content in the expression, for errors
   */
  static String resolve(String content, int offset) {
    if (content.indexOf('\\') < 0) {
      return content;
    }
    TextEscapes escapes = new TextEscapes(content, offset);
    while (escapes.position < content.length()) {
      escapes.next();
    }
    return escapes.resolved.toString();
  }

  private void next() {
    char c = content.charAt(position);
    if (c != '\\' || position + 1 == content.length()) {
      resolved.append(c);
      position++;
      return;
    }
    char letter = content.charAt(position + 1);
    int simple = LETTERS.indexOf(letter);
    if (simple >= 0) {
      resolved.append(MEANINGS.charAt(simple));
      position += 2;
    } else if (letter == 'x') {
      hexadecimal(2);
    } else if (letter == 'u') {
      hexadecimal(4);
    } else if (letter == 'U') {
      hexadecimal(8);
    } else if (letter >= '0' && letter <= '7') {
      octal();
    } else if (letter == 'N' && content.startsWith("{", position + 2)) {
      named();
    } else {
      resolved.append('\\');
      position++;
    }
  }

  private void hexadecimal(int digits) {
    int start = position + 2;
    if (start + digits > content.length()) {
      // Too short to be an escape, so it is none.
      resolved.append('\\');
      position++;
      return;
    }
    int value = 0;
    for (int i = start; i < start + digits; i++) {
      int digit = content.charAt(i) < 128 ? Character.digit(content.charAt(i), 16) : -1;
      if (digit < 0) {
        throw new YaqlException(offset + position, "the escape that begins here is malformed");
      }
      value = value << 4 | digit;
    }
    if (!Character.isValidCodePoint(value)) {
      throw new YaqlException(offset + position, "the escape that begins here is no character");
    }
    resolved.appendCodePoint(value);
    position = start + digits;
  }

  private void octal() {
    int end = position + 1;
    int value = 0;
    while (end < content.length()
        && end < position + 4
        && content.charAt(end) >= '0'
        && content.charAt(end) <= '7') {
      value = value * 8 + content.charAt(end) - '0';
      end++;
    }
    resolved.appendCodePoint(value);
    position = end;
  }

  private void named() {
    int end = content.indexOf('}', position);
    if (end < 0 || end == position + 3) {
      resolved.append('\\');
      position++;
      return;
    }
    try {
      resolved.appendCodePoint(Character.codePointOf(content.substring(position + 3, end)));
    } catch (IllegalArgumentException unknown) {
      throw new YaqlException(offset + position, "no character has the name that is given here");
    }
    position = end + 1;
  }
}
