package io.hotpod.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one reading has used of its limits, and the problems that it met. Aliases are charged with
 * all that they stand for, at the moment that they are met.
 */
final class Budget {
  /** A text may grow by aliases to this multiple of the largest text allowed. */
  private static final int GROWTH = 4;

  /** More would not be read. */
  private static final int MOST_PROBLEMS = 100;

  private final Limits limits;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();
  private long nodes;
  private long characters;

  Budget(Limits limits) {
    this.limits = limits;
  }

  long nodes() {
    return nodes;
  }

  long characters() {
    return characters;
  }

  void spend(long moreNodes, long moreCharacters, Location location) {
    nodes += moreNodes;
    characters += moreCharacters;
    if (nodes > limits.nodes()) {
      throw refusal(
          location,
          "with its aliases expanded, the text holds more than " + limits.nodes() + " values");
    }
    if (characters > (long) GROWTH * limits.bytes()) {
      throw refusal(
          location,
          "with its aliases expanded, the text is larger than "
              + (long) GROWTH * limits.bytes()
              + " characters");
    }
  }

  /**
   * Charges one text.
   *
   * @param value with escapes made into what they stand for
   */
  void spendText(String value, Location location) {
    spend(1, value.length(), location);
    if (value.length() > limits.characters()) {
      throw refusal(location, "this text is longer than " + limits.characters() + " characters");
    }
    int unfit = Texts.firstUnfit(value);
    if (unfit >= 0) {
      note(location, "this text holds U+%04X, which is not a character".formatted(unfit));
    }
  }

  void checkDepth(int depth, Location location) {
    if (depth > limits.depth()) {
      throw refusal(location, "nested deeper than " + limits.depth() + " levels");
    }
  }

  /** Notes a problem that does not hinder reading on. */
  void note(Location location, String message) {
    problems.add(new Problem(Optional.of(location), "", message, Optional.empty()));
    if (problems.size() >= MOST_PROBLEMS) {
      throw new DocumentException(problems);
    }
  }

  /** Notes what can be read but was hardly meant. */
  void warn(Location location, String message) {
    if (warnings.size() < MOST_PROBLEMS) {
      warnings.add(new Problem(Optional.of(location), "", message, Optional.empty()));
    }
  }

  List<Problem> warnings() {
    return List.copyOf(warnings);
  }

  /** What ends the reading: this problem after all that were noted before. */
  DocumentException refusal(Location location, String message) {
    return refusal(new Problem(Optional.of(location), "", message, Optional.empty()));
  }

  DocumentException refusal(Problem last) {
    List<Problem> all = new ArrayList<>(problems);
    all.add(last);
    return new DocumentException(all);
  }

  void throwNoted() {
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
  }
}
