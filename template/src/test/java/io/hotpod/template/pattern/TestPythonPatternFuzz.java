package io.hotpod.template.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random patterns on random texts: each answers or is refused, and where RE2/J means the same it
 * answers the same. The properties {@code fuzz.seconds} and {@code fuzz.seed} make it run longer,
 * and elsewhere.
 */
final class TestPythonPatternFuzz {
  private static final String[] PARTS = {
    "a", "b", "ab", ".", "[ab]", "[^a]", "\\d", "\\w", "\\s", "\\b", "^", "$", "|", "(", ")", "(?:",
    "*", "+", "?", "*?", "+?", "??", "{2}", "{1,3}", "{0,2}?", "{,2}", "[", "]", "{", "}", "(?i)",
    "(?P<x>", "\\1", "(?=", "\\", "-", "\u00e9", "(?x)", "#", " ", "\\x61", "(?i:", "[a-", "\\Z",
    "\\A", ","
  };

  /** Parts that mean the same to both engines on texts of ASCII without newlines. */
  private static final String[] COMMON = {
    "a",
    "b",
    "ab",
    ".",
    "[ab]",
    "[^a]",
    "\\d",
    "\\w",
    "\\b",
    "(a|b)",
    "(?:ab|a)",
    "(b)",
    "a*",
    "b+",
    "a?",
    "(?:ab)*",
    "(?:a|ab)+",
    "b{2}",
    "a{1,3}",
    "(?:ba){0,2}",
    "a*?",
    "b+?",
    "|",
    "^",
    "$"
  };

  private static String joined(Random random, String[] parts, int most) {
    StringBuilder text = new StringBuilder();
    int count = random.nextInt(most) + 1;
    for (int i = 0; i < count; i++) {
      text.append(parts[random.nextInt(parts.length)]);
    }
    return text.toString();
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int count = random.nextInt(12);
    for (int i = 0; i < count; i++) {
      text.append("aabb1 -".charAt(random.nextInt(7)));
    }
    return text.toString();
  }

  private static void answersOrRefuses(String pattern, String text) {
    try {
      PythonPattern compiled = PythonPattern.compile(pattern);
      boolean whole = compiled.matches(text);
      assertThat(!whole || compiled.isFound(text, steps -> {})).as(pattern).isTrue();
    } catch (PatternException refused) {
      assertThat(refused.position()).as(pattern).isBetween(0, pattern.length());
    }
  }

  private static void agreesWithRe2j(String pattern, String text) {
    PythonPattern ours = PythonPattern.compile(pattern);
    Pattern theirs;
    try {
      theirs = Pattern.compile(pattern);
    } catch (PatternSyntaxException onlyOurs) {
      return;
    }
    assertThat(ours.matches(text))
        .as("<%s> on <%s>", pattern, text)
        .isEqualTo(theirs.matches(text));
    Matcher matcher = theirs.matcher(text);
    boolean found = matcher.find();
    PatternMatch match =
        ours.find(text, steps -> {})
            .orElse(new PatternMatch(List.of(new PatternMatch.Group(Optional.empty(), -1, -1))));
    assertThat(match.whole().start())
        .as("<%s> on <%s>", pattern, text)
        .isEqualTo(found ? matcher.start() : -1);
    assertThat(match.whole().end())
        .as("<%s> on <%s>", pattern, text)
        .isEqualTo(found ? matcher.end() : -1);
  }

  @Test
  void everyPatternAnswersOrIsRefused() {
    long seed = Long.getLong("fuzz.seed", 4711);
    Random random = new Random(seed);
    long end = System.nanoTime() + Duration.ofSeconds(Long.getLong("fuzz.seconds", 2)).toNanos();
    long runs = 0;
    long compared = 0;
    while (System.nanoTime() < end) {
      String pattern = joined(random, PARTS, 12);
      String common = joined(random, COMMON, 6);
      try {
        answersOrRefuses(pattern, text(random));
        agreesWithRe2j(common, text(random));
        compared++;
      } catch (RuntimeException | StackOverflowError wrong) {
        throw new AssertionError("seed " + seed + ": " + pattern + " or " + common, wrong);
      }
      runs++;
    }
    System.out.printf(Locale.ROOT, "%d patterns, and %d compared with RE2/J%n", runs, compared);
    assertThat(runs).isGreaterThan(100);
  }
}
