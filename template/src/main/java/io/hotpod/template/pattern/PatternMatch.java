package io.hotpod.template.pattern;

import java.util.List;
import java.util.Optional;

/**
 * A place where a pattern matches.
 *
 * @param groups by number; 0 is the whole match
 */
public record PatternMatch(List<Group> groups) {
  /**
   * What a group matched.
   *
   * @param value its text; empty when the group took no part
   * @param start in code points from 0; -1 when it took no part
   * @param end behind its last code point; -1 when it took no part
   */
  public record Group(Optional<String> value, int start, int end) {}

  public PatternMatch {
    groups = List.copyOf(groups);
  }

  /** The whole match. */
  public Group whole() {
    return groups.getFirst();
  }
}
