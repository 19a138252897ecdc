package io.hotpod.document;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Says in plain words what the YAML library found. */
final class YamlWords {
  private static final Pattern BROKEN_ESCAPE =
      Pattern.compile("\\\\(?:[xuU]\\z|U[89a-fA-F][0-9a-fA-F]{7})");

  private static final String UNKNOWN_ESCAPE = "this backslash escape is not known";
  private static final Optional<String> ESCAPE_ADVICE =
      Optional.of("double the backslash, or use single quotes");

  private YamlWords() {}

  static Problem problem(String file, String text, YamlEngineException refused) {
    return switch (refused) {
      case ReaderException character ->
          new Problem(
              Optional.of(unprintable(file, text, character.getCodePoint())),
              "",
              String.format(
                  "the character U+%04X is not allowed in YAML", character.getCodePoint()),
              Optional.empty());
      case MarkedYamlEngineException marked -> marked(file, marked);
      default ->
          new Problem(
              Optional.of(new Location(file, 1, 1)),
              "",
              "this is not valid YAML: " + firstLine(String.valueOf(refused.getMessage())),
              Optional.empty());
    };
  }

  /** The first escape that is cut off by the end of the text or names no character. */
  static Problem escape(String file, String text) {
    Matcher matcher = BROKEN_ESCAPE.matcher(text);
    int offset = matcher.find() ? matcher.start() : text.length();
    return new Problem(
        Optional.of(new TextCursor(file, text).at(offset)), "", UNKNOWN_ESCAPE, ESCAPE_ADVICE);
  }

  private static Problem marked(String file, MarkedYamlEngineException refused) {
    String what = refused.getProblem() == null ? "" : refused.getProblem();
    String context = refused.getContext() == null ? "" : refused.getContext();
    Optional<Mark> place = refused.getProblemMark().or(refused::getContextMark);
    Optional<String> advice = Optional.empty();
    String message;
    if (what.startsWith("mapping values are not allowed")) {
      message = "a colon is not allowed here";
      advice =
          Optional.of("indent the line like its neighbours, or quote a value that holds \": \"");
    } else if (what.contains("TAB")) {
      message = "a tab indents this line";
      advice = Optional.of("use spaces");
    } else if (what.startsWith("found unexpected end of stream") && context.contains("quoted")) {
      message = "this quoted text is never closed";
      place = refused.getContextMark().or(refused::getProblemMark);
    } else if (what.contains("',' or ']'")) {
      message = "a comma or the closing ] of this list is missing";
      advice = opening(file, refused);
    } else if (what.contains("',' or '}'")) {
      message = "a comma or the closing } of this map is missing";
      advice = opening(file, refused);
    } else if (what.startsWith("could not find expected ':'")) {
      message = "a key stands here without the colon that must follow it";
      place = refused.getContextMark().or(refused::getProblemMark);
    } else if (what.startsWith("expected <block end>")) {
      message = "this line does not fit the indentation above it";
    } else if (what.startsWith("sequence entries are not allowed")) {
      message = "a list item is not allowed here";
      advice = Optional.of("begin the list on a line of its own");
    } else if (what.startsWith("expected the node content")) {
      message = "a key or a value is missing here";
    } else if (what.contains("cannot start any token")) {
      message = "this character cannot begin a value";
      advice = Optional.of("quote the value");
    } else if (what.startsWith("found unknown escape character")) {
      message = UNKNOWN_ESCAPE;
      advice = ESCAPE_ADVICE;
    } else {
      message = "this is not valid YAML: " + firstLine((context + " " + what).strip());
    }
    Location location =
        place
            .map(mark -> new Location(file, mark.getLine() + 1, mark.getColumn() + 1))
            .orElse(new Location(file, 1, 1));
    return new Problem(Optional.of(location), "", message, advice);
  }

  private static Optional<String> opening(String file, MarkedYamlEngineException refused) {
    return refused
        .getContextMark()
        .map(
            mark ->
                "it was opened at " + new Location(file, mark.getLine() + 1, mark.getColumn() + 1));
  }

  /** The library gives an offset into a buffer only, so the first such character is looked for. */
  private static Location unprintable(String file, String text, int codePoint) {
    int offset = text.indexOf(codePoint);
    return new TextCursor(file, text).at(Math.max(0, offset));
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }
}
