package io.hotpod.template.pattern;

import java.util.Optional;
import java.util.Set;

/** Character sets in brackets. For one thread. */
final class SetParser {
  /** One member: a class, or a single character that a range may begin or end with. */
  private record Member(Optional<CodePointSet> named, int codePoint) {}

  private final PatternCursor cursor;
  private final EscapeParser escapes;

  SetParser(PatternCursor cursor, EscapeParser escapes) {
    this.cursor = cursor;
    this.escapes = escapes;
  }

  /** A set whose opening bracket has been passed over. */
  CodePointSet set(Set<PatternFlag> flags) {
    int start = cursor.position() - 1;
    boolean negated = cursor.take("^");
    CodePointSet.Builder set = new CodePointSet.Builder();
    int first = cursor.position();
    while (cursor.peek() != ']' || cursor.position() == first) {
      int begin = cursor.position();
      Member low = member(start, flags);
      int hyphen = cursor.position();
      if (!cursor.take("-")) {
        add(low, flags, set);
      } else if (cursor.peek() == ']') {
        cursor.reset(hyphen);
        add(low, flags, set);
        CaseFolding.add('-', '-', flags, set);
        cursor.next();
      } else {
        addRange(low, member(start, flags), begin, flags, set);
      }
    }
    cursor.next();
    return negated ? set.build().complement() : set.build();
  }

  private void addRange(
      Member low, Member high, int begin, Set<PatternFlag> flags, CodePointSet.Builder set) {
    boolean plain = low.named().isEmpty() && high.named().isEmpty();
    if (!plain || low.codePoint() > high.codePoint()) {
      throw new PatternException(begin, "bad character range " + cursor.since(begin));
    }
    CaseFolding.add(low.codePoint(), high.codePoint(), flags, set);
  }

  private static void add(Member member, Set<PatternFlag> flags, CodePointSet.Builder set) {
    member
        .named()
        .ifPresentOrElse(
            set::add, () -> CaseFolding.add(member.codePoint(), member.codePoint(), flags, set));
  }

  private Member member(int start, Set<PatternFlag> flags) {
    int position = cursor.position();
    int codePoint = cursor.next();
    if (codePoint < 0) {
      throw new PatternException(start, "unterminated character set");
    }
    if (codePoint != '\\') {
      return new Member(Optional.empty(), codePoint);
    }
    int letter = cursor.next();
    if (letter >= 0 && CharacterClasses.isNamed(letter)) {
      return new Member(Optional.of(CharacterClasses.named(letter, flags)), letter);
    }
    return new Member(Optional.empty(), letter == 'b' ? '\b' : escapes.character(position, letter));
  }
}
