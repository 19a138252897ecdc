package io.hotpod.template.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TestPythonPattern {
  private static PatternException refusal(String pattern) {
    try {
      PythonPattern.compile(pattern);
    } catch (PatternException refused) {
      return refused;
    }
    throw new AssertionError("accepted: " + pattern);
  }

  private static long steps(String pattern, String text) {
    AtomicLong steps = new AtomicLong();
    PythonPattern.compile(pattern).isFound(text, steps::addAndGet);
    return steps.get();
  }

  @Test
  void saysWhereAndWhyAPatternIsRefused() {
    PatternException refused = refusal("web-(?=x)");
    assertThat(refused.position()).isEqualTo(4);
    assertThat(refused)
        .hasMessage(
            "look-ahead (?=...) is not supported: patterns run in linear time here. Supported are"
                + " literals, sets, classes, groups, alternatives, quantifiers, anchors and flags");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a+)+$",
        "(a|a)*$",
        "(a|aa)+$",
        "(.*a){20}$",
        "([a-z]+)*-",
        "(a?){30}a{30}",
        "(a*)*b"
      })
  void doublingTheTextDoublesTheWork(String pattern) {
    long once = steps(pattern, "a".repeat(2000) + "!");
    long twice = steps(pattern, "a".repeat(4000) + "!");
    assertThat(twice).isLessThan(once * 5 / 2);
    assertThat(once).isLessThan(2_000_000);
  }

  @Test
  void refusesAPatternThatIsTooLargeWrittenOut() {
    PatternException refused = refusal("ab((a{100}){100}){100}");
    assertThat(refused.getMessage()).startsWith("the pattern is too large");
    assertThat(refused.position()).isBetween(2, 21);
    assertThat(refusal("(?:(?:){1000000}){1000000}").getMessage()).contains("too large");
  }

  @Test
  void takesTheRangesThatPeopleWrite() {
    assertThat(PythonPattern.compile("[ -~]{1,4096}").matches("x".repeat(4096))).isTrue();
    assertThat(PythonPattern.compile("[ -~]{1,4096}").matches("x".repeat(4097))).isFalse();
  }

  @Test
  void refusesDeepNestingAndLongPatterns() {
    assertThat(refusal("(".repeat(10_000)).getMessage()).contains("nested more than 200 deep");
    assertThat(refusal("a".repeat(20_000)).getMessage()).contains("longer than 16384");
  }

  @Test
  void stopsWorkThatIsTooMuch() {
    PythonPattern pattern = PythonPattern.compile("(?:[a-z]*){80}b");
    assertThatThrownBy(() -> pattern.matches("a".repeat(500_000)))
        .isInstanceOf(PatternException.class)
        .hasMessageContaining("more than 50000000 steps");
  }

  @Test
  void flagsMayBeGivenBesideThePattern() {
    PythonPattern pattern =
        PythonPattern.compile("a.B$", Set.of(PatternFlag.IGNORE_CASE, PatternFlag.DOT_ALL));
    assertThat(pattern.matches("A\nb")).isTrue();
    assertThat(pattern.pattern()).isEqualTo("a.B$");
  }

  @Test
  void groupsKnowTheirNamesAndPlacesInCodePoints() {
    PythonPattern pattern = PythonPattern.compile("(?P<face>\\W)(x)?");
    assertThat(pattern.groupNames()).containsEntry("face", 1);
    PatternMatch match = pattern.findAll("a\ud83d\ude00b", 5, steps -> {}).getFirst();
    assertThat(match.groups())
        .extracting(PatternMatch.Group::start, PatternMatch.Group::end)
        .map(Object::toString)
        .isEqualTo(List.of("(1, 2)", "(1, 2)", "(-1, -1)"));
    assertThat(match.groups().getLast().value()).isEmpty();
  }
}
