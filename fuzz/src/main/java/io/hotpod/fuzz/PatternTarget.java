package io.hotpod.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.template.pattern.PatternException;
import io.hotpod.template.pattern.PythonPattern;

/** Reads any text as a pattern, up to its first NUL, and matches it with what follows. */
public final class PatternTarget {
  private PatternTarget() {}

  /** What Jazzer calls. */
  public static void fuzzerTestOneInput(byte[] data) {
    String text = new String(data, UTF_8);
    int end = text.indexOf('\0') < 0 ? text.length() : text.indexOf('\0');
    Refusals.only(false, () -> match(text.substring(0, end), text.substring(end)));
  }

  private static void match(String pattern, String text) {
    try {
      PythonPattern compiled = PythonPattern.compile(pattern);
      if (compiled.takesAll(text) && !compiled.matches(text)) {
        throw new IllegalStateException("takes the whole and does not match it");
      }
      if (compiled.matches(text) && !compiled.isFound(text, _ -> {})) {
        throw new IllegalStateException("matches the whole and is not found in it");
      }
    } catch (PatternException refused) {
      if (refused.position() < 0 || refused.position() > pattern.length()) {
        throw new IllegalStateException("refused at " + refused.position(), refused);
      }
    }
  }
}
