package io.hotpod.template;

import io.hotpod.document.DocumentException;
import io.hotpod.template.pattern.PatternEffort;
import io.hotpod.template.pattern.PatternException;
import io.hotpod.template.yaql.YaqlLimits;

/**
 * How much work may still be done for one template in one go: each call of a function is bounded,
 * and there may be thousands of them. Counted in steps of matching a pattern, of about ten
 * nanoseconds. For one thread.
 */
final class WorkBudget implements PatternEffort {
  /** As much as the most expensive single call; about a second at worst. */
  static final long MOST_STEPS = 50_000_000;

  private static final long STEPS_OF_YAQL = MOST_STEPS / YaqlLimits.STANDARD.steps();

  /** Characters that are made in the time of one step. */
  private static final long CHARACTERS = 4;

  private static final long CHARACTERS_READ = 16;

  private final long most;
  private long spent;

  WorkBudget() {
    this(MOST_STEPS);
  }

  /**
   * @param most steps; none at all when it is not positive
   */
  WorkBudget(long most) {
    this.most = most;
  }

  long spent() {
    return spent;
  }

  /**
   * Counts the work of matching.
   *
   * @throws PatternException when it is too much
   */
  @Override
  public void spend(long steps) {
    spent += steps;
    if (isExhausted()) {
      throw new PatternException(
          0, "all patterns together take more than " + MOST_STEPS + " steps");
    }
  }

  /**
   * Counts the work of making a value.
   *
   * @throws DocumentException when it is too much
   */
  void spendOnCharacters(long characters, Place place) {
    spent += characters / CHARACTERS;
    refuseExhaustion(place);
  }

  /**
   * Counts the work of going through a value.
   *
   * @throws DocumentException when it is too much
   */
  void spendOnReading(long characters, Place place) {
    spent += characters / CHARACTERS_READ;
    refuseExhaustion(place);
  }

  /** What one yaql expression may do: as much as is left, and at least one step. */
  YaqlLimits yaqlLimits() {
    YaqlLimits standard = YaqlLimits.STANDARD;
    long left = Math.max(1, (most - spent) / STEPS_OF_YAQL);
    return new YaqlLimits(
        standard.collectionElements(),
        standard.valueBytes(),
        Math.min(standard.steps(), left),
        standard.depth());
  }

  /** Counts the work of a yaql expression. */
  void spentOnYaql(long steps) {
    spent += STEPS_OF_YAQL * steps;
  }

  boolean isExhausted() {
    return spent > most;
  }

  /** Ends what has become too much work. */
  void refuseExhaustion(Place place) {
    if (isExhausted()) {
      throw new DocumentException(
          place.problem("the functions of this template are more work than is done for one"));
    }
  }
}
