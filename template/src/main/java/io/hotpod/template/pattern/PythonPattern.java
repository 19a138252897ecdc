package io.hotpod.template.pattern;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A pattern as Python's {@code re} reads it, matched in linear time. Unicode throughout: {@code
 * \w}, {@code \d}, {@code \s} and {@code \b} know all letters, digits and blanks, as they do in
 * Python for texts. Look-around, back references, atomic groups, conditional groups and possessive
 * quantifiers are refused, because they cannot be matched so. Immutable; for any thread.
 */
public final class PythonPattern {
  /** About half a second of work; more is refused rather than done. */
  private static final long MOST_STEPS = 50_000_000;

  private static final int LONGEST = 16 * 1024;

  /** The places of a match by itself, without its groups. */
  private static final int WHOLE = 2;

  private final String pattern;
  private final int groups;
  private final Map<String, Integer> groupNames;
  private final List<Instruction> program;

  private PythonPattern(String pattern, PatternParser.Parsed parsed) {
    this.pattern = pattern;
    this.groups = parsed.groups();
    this.groupNames = Map.copyOf(parsed.names());
    this.program = PatternCompiler.compile(parsed.node());
  }

  /**
   * Reads a pattern.
   *
   * @throws PatternException if it is malformed, too large, or needs more than linear time
   */
  public static PythonPattern compile(String pattern) {
    return compile(pattern, EnumSet.noneOf(PatternFlag.class));
  }

  /**
   * Reads a pattern under flags, to which it may add its own.
   *
   * @throws PatternException if it is malformed, too large, or needs more than linear time
   */
  public static PythonPattern compile(String pattern, Set<PatternFlag> flags) {
    if (pattern.length() > LONGEST) {
      throw new PatternException(LONGEST, "the pattern is longer than " + LONGEST + " characters");
    }
    return new PythonPattern(pattern, PatternParser.parse(pattern, flags));
  }

  /** The text that it was read from. */
  public String pattern() {
    return pattern;
  }

  /** How many instructions it comes to, which says what it takes to hold it. */
  public int size() {
    return program.size();
  }

  /** How many groups it has, besides the whole. */
  public int groupCount() {
    return groups;
  }

  /** The numbers of the named groups. */
  public Map<String, Integer> groupNames() {
    return groupNames;
  }

  /**
   * Whether the whole text matches, as {@code re.fullmatch} says.
   *
   * @throws PatternException if pattern and text together are more work than about half a second
   */
  public boolean matches(String text) {
    return new PatternMachine(program, codePoints(text), 0, limit()).matchesWhole();
  }

  /**
   * Whether what {@code re.match} takes from the start of the text is all of it, which is what Heat
   * asks of {@code allowed_pattern}. It is less than {@link #matches}: {@code a|ab} takes only the
   * first letter of {@code ab}, because the earlier alternative counts.
   *
   * @throws PatternException if pattern and text together are more work than about half a second
   */
  public boolean takesAll(String text) {
    return takesAll(text, steps -> {});
  }

  /**
   * The same for who looks at many texts and bounds them together.
   *
   * @param effort is told the work besides
   * @throws PatternException as {@link #takesAll(String)}
   */
  public boolean takesAll(String text, PatternEffort effort) {
    PatternEffort limit = limit();
    PatternEffort both =
        steps -> {
          limit.spend(steps);
          effort.spend(steps);
        };
    int[] codePoints = codePoints(text);
    return new PatternMachine(program, codePoints, WHOLE, both)
        .atStart()
        .map(slots -> slots[1] == codePoints.length)
        .orElse(false);
  }

  /** Whether the pattern matches somewhere in the text, as {@code re.search} says. */
  public boolean isFound(String text, PatternEffort effort) {
    return new PatternMachine(program, codePoints(text), 0, effort).search(0, false).isPresent();
  }

  /** The first match in the text, as {@code re.search} finds it. */
  public Optional<PatternMatch> find(String text, PatternEffort effort) {
    return findAll(text, 1, effort).stream().findFirst();
  }

  /**
   * The matches in a text one after the other, as {@code re.finditer} finds them.
   *
   * @param most of them
   */
  public List<PatternMatch> findAll(String text, int most, PatternEffort effort) {
    int[] codePoints = codePoints(text);
    PatternMachine machine = new PatternMachine(program, codePoints, 2 * groups + 2, effort);
    List<PatternMatch> matches = new ArrayList<>();
    int from = 0;
    boolean advancing = false;
    while (matches.size() < most) {
      Optional<int[]> slots = machine.search(from, advancing);
      if (slots.isEmpty()) {
        break;
      }
      PatternMatch match = match(slots.get(), codePoints);
      matches.add(match);
      from = match.whole().end();
      advancing = match.whole().start() == from;
    }
    return matches;
  }

  private static PatternMatch match(int[] slots, int[] text) {
    return new PatternMatch(
        IntStream.range(0, slots.length / 2)
            .mapToObj(group -> group(slots[2 * group], slots[2 * group + 1], text))
            .toList());
  }

  private static PatternMatch.Group group(int start, int end, int[] text) {
    // A group that began in a round of a repetition and was left without an end has none.
    return start < 0 || end < start
        ? new PatternMatch.Group(Optional.empty(), -1, -1)
        : new PatternMatch.Group(Optional.of(new String(text, start, end - start)), start, end);
  }

  private static int[] codePoints(String text) {
    return text.codePoints().toArray();
  }

  private static PatternEffort limit() {
    return new PatternEffort() {
      private long spent;

      @Override
      public void spend(long steps) {
        spent += steps;
        if (spent > MOST_STEPS) {
          throw new PatternException(
              0, "the pattern takes more than " + MOST_STEPS + " steps on a text as long as this");
        }
      }
    };
  }

  @Override
  public String toString() {
    return pattern;
  }
}
