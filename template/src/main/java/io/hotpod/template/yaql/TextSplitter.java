package io.hotpod.template.yaql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** {@code split()} and {@code rsplit()} of Python's texts. */
final class TextSplitter {
  private TextSplitter() {}

  /**
   * @param most cuts; negative for any number
   */
  static List<String> split(String text, String separator, int most) {
    refuseEmpty(separator);
    List<String> parts = new ArrayList<>();
    int from = 0;
    int found = text.indexOf(separator);
    while (found >= 0 && (most < 0 || parts.size() < most)) {
      parts.add(text.substring(from, found));
      from = found + separator.length();
      found = text.indexOf(separator, from);
    }
    parts.add(text.substring(from));
    return parts;
  }

  /** The same from the right. */
  static List<String> splitRight(String text, String separator, int most) {
    refuseEmpty(separator);
    List<String> parts = new ArrayList<>();
    int end = text.length();
    int found = text.lastIndexOf(separator);
    while (found >= 0 && (most < 0 || parts.size() < most)) {
      parts.add(text.substring(found + separator.length(), end));
      end = found;
      found = end < separator.length() ? -1 : text.lastIndexOf(separator, end - separator.length());
    }
    parts.add(text.substring(0, end));
    Collections.reverse(parts);
    return parts;
  }

  /** At runs of blanks; what is left when no more cuts are allowed keeps its blanks inside. */
  static List<String> splitBlanks(String text, int most) {
    List<String> parts = new ArrayList<>();
    int start = skip(text, 0, true);
    while (start < text.length()) {
      boolean last = most >= 0 && parts.size() == most;
      int end = last ? text.length() : skip(text, start, false);
      parts.add(text.substring(start, end));
      start = skip(text, end, true);
    }
    return parts;
  }

  private static int skip(String text, int start, boolean blanks) {
    int place = start;
    while (place < text.length() && Texts.isBlank(text.codePointAt(place)) == blanks) {
      place += Character.charCount(text.codePointAt(place));
    }
    return place;
  }

  /** The same from the right. */
  static List<String> splitBlanksRight(String text, int most) {
    List<String> mirrored = splitBlanks(new StringBuilder(text).reverse().toString(), most);
    List<String> parts = new ArrayList<>();
    for (String part : mirrored) {
      parts.add(new StringBuilder(part).reverse().toString());
    }
    Collections.reverse(parts);
    return parts;
  }

  private static void refuseEmpty(String separator) {
    if (separator.isEmpty()) {
      throw new Failure("a text cannot be split at an empty separator");
    }
  }
}
