package io.hotpod.engine.secret;

import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.joining;

import io.hotpod.document.Problem;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Takes known secrets out of texts for people. Immutable. */
public final class Redaction {
  /** Stands where a secret was. */
  public static final String HIDDEN = "******";

  /** A shorter one is looked for as a word only, or it would be found everywhere. */
  private static final int SHORT = 4;

  /** Ends a line that was shortened. */
  private static final String CUT = "...";

  /** So much of a secret at the end of such a line is taken out too; less says little. */
  private static final int BEGINNING = 6;

  private static final Pattern SPACE = Pattern.compile("\\s+");

  private static final Redaction NOTHING = new Redaction(List.of());

  private final List<Secret> secrets;

  private Redaction(List<Secret> secrets) {
    this.secrets = secrets;
  }

  /** Knows some secrets, of which the longest are looked for first. */
  public static Redaction of(Collection<String> secrets) {
    List<Secret> known =
        secrets.stream()
            .map(secret -> SPACE.matcher(secret.strip()).replaceAll(" "))
            .filter(line -> !line.isEmpty())
            .distinct()
            .sorted(comparingInt(String::length).reversed())
            .map(line -> new Secret(line, pattern(line)))
            .toList();
    return known.isEmpty() ? NOTHING : new Redaction(known);
  }

  /**
   * A secret.
   *
   * @param line itself, as it is when it is told in one line
   * @param pattern that finds it, however its lines are broken
   */
  private record Secret(String line, Pattern pattern) {}

  private static Pattern pattern(String line) {
    String literal =
        Arrays.stream(line.split(" ", -1)).map(Pattern::quote).collect(joining("\\s+"));
    return Pattern.compile(
        line.length() < SHORT ? "(?<![\\w.-])" + literal + "(?![\\w-])" : literal);
  }

  /** The problem without them. */
  public Problem apply(Problem problem) {
    return new Problem(
        problem.location(),
        problem.path(),
        apply(problem.message()),
        problem.advice().map(this::apply),
        problem.lacks());
  }

  /** The text without them. */
  public String apply(String text) {
    String result = text;
    for (Secret secret : secrets) {
      result = secret.pattern().matcher(result).replaceAll(Matcher.quoteReplacement(HIDDEN));
    }
    return secrets.isEmpty() ? result : withoutBeginnings(result);
  }

  /** A line may have been shortened in the middle of a secret. */
  private String withoutBeginnings(String text) {
    StringBuilder result = new StringBuilder();
    int told = 0;
    for (int cut = text.indexOf(CUT); cut >= 0; cut = text.indexOf(CUT, cut + 1)) {
      int length = beginning(text.substring(told, cut));
      if (length > 0) {
        result.append(text, told, cut - length).append(HIDDEN);
        told = cut;
      }
    }
    return result.append(text, told, text.length()).toString();
  }

  /** How much of a secret is at the end of a text. */
  private int beginning(String text) {
    int longest = 0;
    for (Secret secret : secrets) {
      int length = Math.min(secret.line().length() - 1, text.length());
      while (length > longest && !text.endsWith(secret.line().substring(0, length))) {
        length--;
      }
      longest = Math.max(longest, length);
    }
    return longest < BEGINNING ? 0 : longest;
  }

  /**
   * A copy without them in its texts, at any depth; names, numbers, and what programs read stay.
   *
   * @param read names of fields whose texts are words for programs
   */
  public JsonNode applyToTexts(JsonNode value, Set<String> read) {
    return switch (value) {
      case ObjectNode object -> {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        object.forEachEntry(
            (name, each) ->
                result.set(
                    name,
                    read.contains(name) && each.isString() ? each : applyToTexts(each, read)));
        yield result;
      }
      case ArrayNode array -> {
        ArrayNode result = JsonNodeFactory.instance.arrayNode();
        array.forEach(each -> result.add(applyToTexts(each, read)));
        yield result;
      }
      default ->
          value.isString()
              ? JsonNodeFactory.instance.stringNode(apply(value.stringValue()))
              : value;
    };
  }

  /** A copy without them: in names and in values, those that are no texts too. */
  public ObjectNode apply(ObjectNode value) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    value.properties().forEach(each -> result.set(apply(each.getKey()), apply(each.getValue())));
    return result;
  }

  /** The same of any value. */
  public JsonNode apply(JsonNode value) {
    return switch (value) {
      case ObjectNode object -> apply(object);
      case ArrayNode array -> {
        ArrayNode result = JsonNodeFactory.instance.arrayNode();
        array.forEach(each -> result.add(apply(each)));
        yield result;
      }
      default -> {
        String text = value.asString("");
        String clean = apply(text);
        yield clean.equals(text) ? value : JsonNodeFactory.instance.stringNode(clean);
      }
    };
  }
}
