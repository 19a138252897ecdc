package io.hotpod.template.pattern;

/** Counts the work of matching; whoever counts may stop it by an exception of its own. */
@FunctionalInterface
public interface PatternEffort {
  /**
   * Called as work is done, at least once for each character of the text.
   *
   * @param steps done since the last call; a few nanoseconds each
   */
  void spend(long steps);
}
