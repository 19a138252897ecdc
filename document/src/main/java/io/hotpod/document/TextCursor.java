package io.hotpod.document;

/** Turns offsets that only grow into lines and columns, in one pass over the text. */
final class TextCursor {
  private final String file;
  private final String text;
  private int offset;
  private int line = 1;
  private int column = 1;

  TextCursor(String file, String text) {
    this.file = file;
    this.text = text;
  }

  /** The place of an offset, which must not be before the last one asked for. */
  Location at(int target) {
    while (offset < target && offset < text.length()) {
      int codePoint = text.codePointAt(offset);
      offset += Character.charCount(codePoint);
      if (codePoint == '\n') {
        line++;
        column = 1;
      } else {
        column++;
      }
    }
    return new Location(file, line, column);
  }
}
