package io.hotpod.template.yaql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Texts as Python sees them: places and lengths count code points. */
final class Texts {
  private Texts() {}

  static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  static int compare(String left, String right) {
    int place = 0;
    int most = Math.min(left.length(), right.length());
    while (place < most && left.charAt(place) == right.charAt(place)) {
      place++;
    }
    if (place == most) {
      return Integer.compare(left.length(), right.length());
    }
    // Surrogates stand for higher code points than any unit, though their numbers are lower.
    char a = left.charAt(place);
    char b = right.charAt(place);
    return Character.isSurrogate(a) == Character.isSurrogate(b)
        ? Character.compare(a, b)
        : Boolean.compare(Character.isSurrogate(a), Character.isSurrogate(b));
  }

  /** {@code text[start:end]}; negative places count from the end. */
  static String slice(String text, long start, long end) {
    int length = length(text);
    int from = place(start, length);
    int to = place(end, length);
    if (from >= to) {
      return "";
    }
    int first = text.offsetByCodePoints(0, from);
    return text.substring(first, text.offsetByCodePoints(first, to - from));
  }

  /** Where a place of a slice is in something of a length. */
  static int place(long place, int length) {
    return Math.clamp(place < 0 ? place + length : place, 0, length);
  }

  /** {@code text.find(part, start, end)}, or {@code rfind}. */
  static int find(String text, String part, long start, long end, boolean last) {
    int length = length(text);
    int from = place(start, length);
    int to = place(end, length);
    if (start > length || from > to) {
      return -1;
    }
    String region = slice(text, from, to);
    int found = last ? region.lastIndexOf(part) : region.indexOf(part);
    return found < 0 ? -1 : from + region.codePointCount(0, found);
  }

  static List<Value> characters(String text) {
    List<Value> characters = new ArrayList<>();
    text.codePoints()
        .forEach(codePoint -> characters.add(new Value.Text(Character.toString(codePoint))));
    return characters;
  }

  static boolean isBlank(int codePoint) {
    return (codePoint >= '\t' && codePoint <= '\r')
        || (codePoint >= 0x1c && codePoint <= 0x1f)
        || codePoint == 0x85
        || Character.isSpaceChar(codePoint);
  }

  static String strip(String text) {
    return strip(text, Optional.empty(), true, true);
  }

  /** Without characters of a set, or blanks, at its ends. */
  static String strip(String text, Optional<String> characters, boolean left, boolean right) {
    Optional<Set<Integer>> set =
        characters.map(
            listed -> listed.codePoints().boxed().collect(Collectors.toUnmodifiableSet()));
    int start = 0;
    int end = text.length();
    while (left && start < end && isStripped(text.codePointAt(start), set)) {
      start += Character.charCount(text.codePointAt(start));
    }
    while (right && start < end && isStripped(text.codePointBefore(end), set)) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return text.substring(start, end);
  }

  private static boolean isStripped(int codePoint, Optional<Set<Integer>> set) {
    return set.map(listed -> listed.contains(codePoint)).orElseGet(() -> isBlank(codePoint));
  }

  /** {@code text.replace(old, fresh, count)}; a negative count means all. */
  static String replace(String text, String old, String fresh, int count, Work work) {
    StringBuilder replaced = new StringBuilder();
    int from = 0;
    int done = 0;
    while (count < 0 || done < count) {
      int found = old.isEmpty() ? from : text.indexOf(old, from);
      if (found < 0 || found > text.length()) {
        break;
      }
      replaced.append(text, from, found).append(fresh);
      work.refuseBytes(replaced.length());
      work.spend(1L + fresh.length() / 8);
      from = found + old.length();
      done++;
      if (old.isEmpty()) {
        if (from == text.length()) {
          return replaced.toString();
        }
        replaced.appendCodePoint(text.codePointAt(from));
        from += Character.charCount(text.codePointAt(from));
      }
    }
    return replaced.append(text, from, text.length()).toString();
  }

  /** For messages. */
  static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "...";
  }
}
