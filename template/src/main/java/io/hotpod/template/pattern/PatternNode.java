package io.hotpod.template.pattern;

import java.util.List;
import java.util.OptionalInt;

/** A pattern as a tree, with flags already applied. Immutable. */
sealed interface PatternNode {
  /** Whether it can match the empty text. */
  boolean isNullable();

  /** One character out of a set. */
  record Characters(CodePointSet set) implements PatternNode {
    @Override
    public boolean isNullable() {
      return false;
    }
  }

  /** A place between characters. */
  record At(Boundary boundary) implements PatternNode {
    @Override
    public boolean isNullable() {
      return true;
    }
  }

  /** One after the other; empty when there is none. */
  record Sequence(List<PatternNode> items, boolean isNullable) implements PatternNode {
    Sequence(List<PatternNode> items) {
      this(List.copyOf(items), items.stream().allMatch(PatternNode::isNullable));
    }
  }

  /** The first that leads to a match. */
  record Alternatives(List<PatternNode> branches, boolean isNullable) implements PatternNode {
    Alternatives(List<PatternNode> branches) {
      this(List.copyOf(branches), branches.stream().anyMatch(PatternNode::isNullable));
    }
  }

  /** A group whose place is remembered. */
  record Group(int index, PatternNode body) implements PatternNode {
    @Override
    public boolean isNullable() {
      return body.isNullable();
    }
  }

  /**
   * The same again and again.
   *
   * @param most unlimited when empty
   * @param greedy whether more is tried before less
   * @param position of the quantifier in the pattern
   */
  record Repeat(PatternNode body, int least, OptionalInt most, boolean greedy, int position)
      implements PatternNode {
    @Override
    public boolean isNullable() {
      return least == 0 || body.isNullable();
    }
  }
}
