package io.hotpod.template.pattern;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What stands between an opening parenthesis and the body of the group. For one thread. */
final class GroupParser {
  /** The kinds of group that a body follows, and what follows from flags alone. */
  sealed interface Opening {
    /** A group whose text is remembered under a number. */
    record Capturing(int index) implements Opening {}

    /** A group for precedence alone, with the flags that hold inside. */
    record Plain(Set<PatternFlag> flags) implements Opening {}

    /** A comment, already passed over. */
    record Comment() implements Opening {}
  }

  private final PatternCursor cursor;
  private final Map<String, Integer> names = new LinkedHashMap<>();
  private int groups;

  GroupParser(PatternCursor cursor) {
    this.cursor = cursor;
  }

  int groups() {
    return groups;
  }

  Map<String, Integer> names() {
    return names;
  }

  /** Flags for the whole pattern such as {@code (?i)}, passed over; none when others are here. */
  Set<PatternFlag> wholeFlags() {
    int start = cursor.position();
    if (cursor.take("(?") && "aimsxu".indexOf(cursor.peek()) >= 0) {
      Set<PatternFlag> flags = letters(start);
      if (cursor.take(")")) {
        return flags;
      }
    }
    cursor.reset(start);
    return EnumSet.noneOf(PatternFlag.class);
  }

  /** Reads from behind the parenthesis. */
  Opening opening(Set<PatternFlag> flags) {
    int start = cursor.position() - 1;
    if (!cursor.take("?")) {
      return capturing(Optional.empty(), start);
    }
    refuseEnd();
    if (cursor.take("P")) {
      return named(start);
    }
    if (cursor.take(":")) {
      return new Opening.Plain(flags);
    }
    if (cursor.take("#")) {
      cursor.upTo(')', start, "comment");
      return new Opening.Comment();
    }
    refuse("=", start, "look-ahead (?=...)");
    refuse("!", start, "negative look-ahead (?!...)");
    refuse("<=", start, "look-behind (?<=...)");
    refuse("<!", start, "negative look-behind (?<!...)");
    refuse(">", start, "atomic group (?>...)");
    refuse("(", start, "conditional group (?(...)...)");
    return flags(start, flags);
  }

  private void refuse(String sign, int start, String name) {
    if (cursor.take(sign)) {
      throw new PatternException(start, Refusals.notLinear(name));
    }
  }

  private Opening named(int start) {
    if (cursor.take("=")) {
      throw new PatternException(start, Refusals.notLinear("back reference (?P=...)"));
    }
    refuseEnd();
    if (!cursor.take("<")) {
      cursor.next();
      throw new PatternException(start + 1, "unknown extension " + cursor.since(start + 1));
    }
    int position = cursor.position();
    if (cursor.atEnd() || cursor.peek() == '>') {
      throw new PatternException(position, "missing group name");
    }
    String name = cursor.upTo('>', position, "name");
    if (!isIdentifier(name)) {
      throw new PatternException(position, "bad character in group name '" + name + "'");
    }
    return capturing(Optional.of(name), position);
  }

  private Opening capturing(Optional<String> name, int position) {
    groups++;
    name.ifPresent(
        word -> {
          if (names.putIfAbsent(word, groups) != null) {
            throw new PatternException(position, "redefinition of group name '" + word + "'");
          }
        });
    return new Opening.Capturing(groups);
  }

  private static boolean isIdentifier(String name) {
    boolean begins =
        name.charAt(0) == '_' || Character.isUnicodeIdentifierStart(name.codePointAt(0));
    return begins && name.codePoints().allMatch(CharacterClasses.WORD::contains);
  }

  private void refuseEnd() {
    if (cursor.atEnd()) {
      throw new PatternException(cursor.position(), "unexpected end of pattern");
    }
  }

  private Opening flags(int start, Set<PatternFlag> outer) {
    Set<PatternFlag> inside = EnumSet.noneOf(PatternFlag.class);
    inside.addAll(outer);
    inside.addAll(letters(start));
    if (cursor.take(")")) {
      throw new PatternException(start, "global flags not at the start of the expression");
    }
    if (cursor.take("-")) {
      int first = cursor.position();
      Set<PatternFlag> removed = letters(start);
      if (cursor.position() == first) {
        throw new PatternException(first, "missing flag");
      }
      if (removed.contains(PatternFlag.ASCII) || cursor.since(first).contains("u")) {
        throw new PatternException(first + 1, "bad inline flags: cannot turn off 'a' and 'u'");
      }
      inside.removeAll(removed);
    }
    if (!cursor.take(":")) {
      throw new PatternException(cursor.position(), "missing :");
    }
    return new Opening.Plain(inside);
  }

  private Set<PatternFlag> letters(int start) {
    Set<PatternFlag> flags = EnumSet.noneOf(PatternFlag.class);
    int first = cursor.position();
    while (!cursor.atEnd() && ")-:".indexOf(cursor.peek()) < 0) {
      int position = cursor.position();
      switch (cursor.next()) {
        case 'a' -> flags.add(PatternFlag.ASCII);
        case 'i' -> flags.add(PatternFlag.IGNORE_CASE);
        case 'm' -> flags.add(PatternFlag.MULTI_LINE);
        case 's' -> flags.add(PatternFlag.DOT_ALL);
        case 'x' -> flags.add(PatternFlag.VERBOSE);
        case 'u' -> refuseBoth(flags);
        case 'L' ->
            throw new PatternException(
                cursor.position(), "bad inline flags: 'L' is for patterns of bytes");
        default -> {
          if (position == first) {
            throw new PatternException(start + 1, "unknown extension " + cursor.since(start + 1));
          }
          throw new PatternException(position, "unknown flag");
        }
      }
    }
    if (cursor.atEnd()) {
      throw new PatternException(cursor.position(), "missing -, : or )");
    }
    return flags;
  }

  private void refuseBoth(Set<PatternFlag> flags) {
    if (flags.contains(PatternFlag.ASCII)) {
      throw new PatternException(
          cursor.position(), "bad inline flags: 'a' and 'u' are incompatible");
    }
  }
}
