package io.hotpod.template.pattern;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * How often something is repeated.
 *
 * @param most unlimited when empty
 * @param greedy whether more is tried before less
 */
record Quantifier(int least, OptionalInt most, boolean greedy) {
  /** Larger bounds are read as this, which no pattern's size allows. */
  private static final int HUGE = 1_000_000;

  /** The quantifier at a place, if one is there; a brace that begins none is a literal. */
  static Optional<Quantifier> read(PatternCursor cursor) {
    int start = cursor.position();
    Optional<Quantifier> bounds =
        switch (cursor.peek()) {
          case '*' -> simple(cursor, 0, OptionalInt.empty());
          case '+' -> simple(cursor, 1, OptionalInt.empty());
          case '?' -> simple(cursor, 0, OptionalInt.of(1));
          case '{' -> braces(cursor);
          default -> Optional.empty();
        };
    if (bounds.isEmpty()) {
      cursor.reset(start);
      return bounds;
    }
    int position = cursor.position();
    if (cursor.take("+")) {
      throw new PatternException(
          position, Refusals.notLinear("possessive quantifier " + cursor.since(start)));
    }
    boolean greedy = !cursor.take("?");
    return bounds.map(found -> new Quantifier(found.least, found.most, greedy));
  }

  private static Optional<Quantifier> simple(PatternCursor cursor, int least, OptionalInt most) {
    cursor.next();
    return Optional.of(new Quantifier(least, most, true));
  }

  private static Optional<Quantifier> braces(PatternCursor cursor) {
    int start = cursor.position();
    cursor.next();
    if (cursor.peek() == '}') {
      return Optional.empty();
    }
    OptionalInt low = number(cursor);
    OptionalInt high = cursor.take(",") ? number(cursor) : low;
    if (!cursor.take("}")) {
      return Optional.empty();
    }
    if (high.isPresent() && low.orElse(0) > high.getAsInt()) {
      throw new PatternException(start + 1, "min repeat greater than max repeat");
    }
    return Optional.of(new Quantifier(low.orElse(0), high, true));
  }

  private static OptionalInt number(PatternCursor cursor) {
    int start = cursor.position();
    int value = 0;
    while (cursor.peek() >= '0' && cursor.peek() <= '9') {
      value = Math.min(HUGE, value * 10 + cursor.next() - '0');
    }
    return cursor.position() == start ? OptionalInt.empty() : OptionalInt.of(value);
  }
}
