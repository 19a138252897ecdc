package io.hotpod.template.environment;

/**
 * Shell patterns over resource names, as Python's {@code fnmatch} reads them: {@code *}, {@code ?}
 * and {@code [set]}. Linear in the name for each asterisk: no input makes it slow.
 */
final class NamePattern {
  private NamePattern() {}

  static boolean matches(String pattern, String name) {
    int p = 0;
    int n = 0;
    int star = -1;
    int retry = 0;
    while (n < name.length()) {
      int end = p < pattern.length() ? accepts(pattern, p, name.charAt(n)) : -1;
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        retry = n;
      } else if (end >= 0) {
        p = end;
        n++;
      } else if (star >= 0) {
        // The last asterisk takes one character more.
        p = star + 1;
        n = ++retry;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  /** Where the pattern goes on when it takes the character here; -1 when it does not. */
  private static int accepts(String pattern, int at, char character) {
    char wanted = pattern.charAt(at);
    if (wanted == '?') {
      return at + 1;
    }
    int close = wanted == '[' ? pattern.indexOf(']', Math.min(at + 2, pattern.length())) : -1;
    if (wanted == '[' && close > 0) {
      boolean inverted = pattern.charAt(at + 1) == '!';
      boolean inside = isIn(pattern.substring(at + (inverted ? 2 : 1), close), character);
      return inside == inverted ? -1 : close + 1;
    }
    return wanted == character && wanted != '*' ? at + 1 : -1;
  }

  private static boolean isIn(String set, char character) {
    for (int i = 0; i < set.length(); i++) {
      boolean range = i + 2 < set.length() && set.charAt(i + 1) == '-';
      if (range && set.charAt(i) <= character && character <= set.charAt(i + 2)) {
        return true;
      }
      if (!range && set.charAt(i) == character) {
        return true;
      }
      i += range ? 2 : 0;
    }
    return false;
  }
}
