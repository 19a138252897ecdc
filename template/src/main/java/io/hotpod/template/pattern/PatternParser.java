package io.hotpod.template.pattern;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads Python's syntax into a tree. For one pattern and one thread. */
final class PatternParser {
  /** Deeper patterns are nobody's, and every level takes stack. */
  private static final int DEEPEST = 200;

  private final PatternCursor cursor;
  private final EscapeParser escapes;
  private final SetParser sets;
  private final GroupParser groups;
  private int depth;

  private PatternParser(String pattern) {
    this.cursor = new PatternCursor(pattern);
    this.escapes = new EscapeParser(cursor);
    this.sets = new SetParser(cursor, escapes);
    this.groups = new GroupParser(cursor);
  }

  /** A pattern read, with what its groups are called. */
  record Parsed(PatternNode node, int groups, Map<String, Integer> names) {}

  static Parsed parse(String pattern, Set<PatternFlag> flags) {
    PatternParser parser = new PatternParser(pattern);
    PatternNode node = parser.alternatives(parser.leading(flags));
    if (!parser.cursor.atEnd()) {
      throw new PatternException(parser.cursor.position(), "unbalanced parenthesis");
    }
    return new Parsed(node, parser.groups.groups(), parser.groups.names());
  }

  /** The flags given, and those for the whole pattern, which stand before anything else. */
  private Set<PatternFlag> leading(Set<PatternFlag> given) {
    Set<PatternFlag> flags = EnumSet.noneOf(PatternFlag.class);
    flags.addAll(given);
    while (true) {
      Set<PatternFlag> found = groups.wholeFlags();
      if (found.isEmpty() && !(flags.contains(PatternFlag.VERBOSE) && skipsBlank())) {
        return flags;
      }
      flags.addAll(found);
    }
  }

  private PatternNode alternatives(Set<PatternFlag> flags) {
    List<PatternNode> branches = new ArrayList<>();
    do {
      branches.add(sequence(flags));
    } while (cursor.take("|"));
    return branches.size() == 1 ? branches.getFirst() : new PatternNode.Alternatives(branches);
  }

  private PatternNode sequence(Set<PatternFlag> flags) {
    List<PatternNode> items = new ArrayList<>();
    while (!cursor.atEnd() && cursor.peek() != '|' && cursor.peek() != ')') {
      if (!flags.contains(PatternFlag.VERBOSE) || !skipsBlank()) {
        next(flags, items);
      }
    }
    return items.size() == 1 ? items.getFirst() : new PatternNode.Sequence(items);
  }

  private void next(Set<PatternFlag> flags, List<PatternNode> items) {
    int start = cursor.position();
    Optional<Quantifier> quantifier = Quantifier.read(cursor);
    if (quantifier.isPresent()) {
      items.add(repeated(items, quantifier.get(), start));
    } else {
      item(flags).ifPresent(items::add);
    }
  }

  private boolean skipsBlank() {
    if (" \t\n\r\f\u000b".indexOf(cursor.peek()) >= 0) {
      cursor.next();
      return true;
    }
    if (cursor.take("#")) {
      int passed = cursor.next();
      while (passed >= 0 && passed != '\n') {
        passed = cursor.next();
      }
      return true;
    }
    return false;
  }

  private PatternNode repeated(List<PatternNode> items, Quantifier quantifier, int start) {
    if (items.isEmpty() || items.getLast() instanceof PatternNode.At) {
      throw new PatternException(start, "nothing to repeat");
    }
    if (items.getLast() instanceof PatternNode.Repeat) {
      throw new PatternException(start, "multiple repeat");
    }
    return new PatternNode.Repeat(
        items.removeLast(), quantifier.least(), quantifier.most(), quantifier.greedy(), start);
  }

  private Optional<PatternNode> item(Set<PatternFlag> flags) {
    int start = cursor.position();
    int codePoint = cursor.next();
    return switch (codePoint) {
      case '\\' -> Optional.of(escaped(start, flags));
      case '[' -> Optional.of(new PatternNode.Characters(sets.set(flags)));
      case '(' -> group(start, flags);
      case '.' -> Optional.of(new PatternNode.Characters(dot(flags)));
      case '^' -> Optional.of(at(multiLine(flags, Boundary.LINE_START, Boundary.TEXT_START)));
      case '$' -> Optional.of(at(multiLine(flags, Boundary.LINE_END, Boundary.LAST_LINE_END)));
      default -> Optional.of(literal(codePoint, flags));
    };
  }

  private Optional<PatternNode> group(int start, Set<PatternFlag> flags) {
    return switch (groups.opening(flags)) {
      case GroupParser.Opening.Comment() -> Optional.empty();
      case GroupParser.Opening.Plain(Set<PatternFlag> inside) ->
          // A repeated group may itself be a repeat, so it keeps a node of its own.
          Optional.of(new PatternNode.Sequence(List.of(body(start, inside))));
      case GroupParser.Opening.Capturing(int index) ->
          Optional.of(new PatternNode.Group(index, body(start, flags)));
    };
  }

  private PatternNode body(int start, Set<PatternFlag> flags) {
    depth++;
    if (depth > DEEPEST) {
      throw new PatternException(start, "groups are nested more than " + DEEPEST + " deep");
    }
    PatternNode body = alternatives(flags);
    if (!cursor.take(")")) {
      throw new PatternException(start, "missing ), unterminated subpattern");
    }
    depth--;
    return body;
  }

  private PatternNode escaped(int start, Set<PatternFlag> flags) {
    boolean ascii = flags.contains(PatternFlag.ASCII);
    int letter = cursor.next();
    return switch (letter) {
      case 'A' -> at(Boundary.TEXT_START);
      case 'Z' -> at(Boundary.TEXT_END);
      case 'b' -> at(ascii ? Boundary.ASCII_WORD : Boundary.WORD);
      case 'B' -> at(ascii ? Boundary.ASCII_NOT_WORD : Boundary.NOT_WORD);
      case 'd', 'D', 's', 'S', 'w', 'W' ->
          new PatternNode.Characters(CharacterClasses.named(letter, flags));
      case '1', '2', '3', '4', '5', '6', '7', '8', '9' -> literal(numbered(start, letter), flags);
      default -> literal(escapes.character(start, letter), flags);
    };
  }

  /** Three octal digits are a character; anything shorter refers to a group. */
  private int numbered(int start, int first) {
    int position = cursor.position();
    int second = cursor.next();
    int third = cursor.next();
    boolean octal = first <= '7' && second >= '0' && second <= '7' && third >= '0' && third <= '7';
    cursor.reset(position);
    if (!octal) {
      throw new PatternException(
          start, Refusals.notLinear("back reference \\" + Character.toString(first)));
    }
    return escapes.character(start, first);
  }

  private static PatternNode at(Boundary boundary) {
    return new PatternNode.At(boundary);
  }

  private static Boundary multiLine(Set<PatternFlag> flags, Boundary each, Boundary whole) {
    return flags.contains(PatternFlag.MULTI_LINE) ? each : whole;
  }

  private static CodePointSet dot(Set<PatternFlag> flags) {
    return flags.contains(PatternFlag.DOT_ALL)
        ? CodePointSet.EVERYTHING
        : CodePointSet.of('\n').complement();
  }

  private static PatternNode literal(int codePoint, Set<PatternFlag> flags) {
    CodePointSet.Builder set = new CodePointSet.Builder();
    CaseFolding.add(codePoint, codePoint, flags, set);
    return new PatternNode.Characters(set.build());
  }
}
