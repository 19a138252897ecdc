package io.hotpod.template.pattern;

/** A place in the text of a pattern. For one thread. */
final class PatternCursor {
  private static final int END = -1;

  private final String text;
  private int position;

  PatternCursor(String text) {
    this.text = text;
  }

  int position() {
    return position;
  }

  void reset(int earlier) {
    position = earlier;
  }

  boolean atEnd() {
    return position >= text.length();
  }

  /** The next code point, or a number that is none at the end. */
  int peek() {
    return atEnd() ? END : text.codePointAt(position);
  }

  int next() {
    int codePoint = peek();
    if (codePoint != END) {
      position += Character.charCount(codePoint);
    }
    return codePoint;
  }

  boolean take(String expected) {
    boolean there = text.startsWith(expected, position);
    if (there) {
      position += expected.length();
    }
    return there;
  }

  /**
   * What lies before a character that must come, which is passed over.
   *
   * @param start of what is unterminated without it
   */
  String upTo(char end, int start, String what) {
    int found = text.indexOf(end, position);
    if (found < 0) {
      throw new PatternException(start, "missing " + end + ", unterminated " + what);
    }
    String before = text.substring(position, found);
    position = found + 1;
    return before;
  }

  /** The text since an earlier place. */
  String since(int start) {
    return text.substring(start, position);
  }
}
