package io.hotpod.engine.secret;

import static java.util.Comparator.comparingInt;

import io.hotpod.document.Problem;
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

  private static final Redaction NOTHING = new Redaction(List.of());

  private final List<Pattern> secrets;

  private Redaction(List<Pattern> secrets) {
    this.secrets = secrets;
  }

  /** Knows some secrets, of which the longest are looked for first. */
  public static Redaction of(Collection<String> secrets) {
    List<Pattern> patterns =
        secrets.stream()
            .filter(secret -> !secret.isBlank())
            .distinct()
            .sorted(comparingInt(String::length).reversed())
            .map(Redaction::pattern)
            .toList();
    return patterns.isEmpty() ? NOTHING : new Redaction(patterns);
  }

  private static Pattern pattern(String secret) {
    String literal = Pattern.quote(secret);
    return Pattern.compile(
        secret.length() < SHORT ? "(?<![\\w.-])" + literal + "(?![\\w-])" : literal);
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
    for (Pattern secret : secrets) {
      result = secret.matcher(result).replaceAll(Matcher.quoteReplacement(HIDDEN));
    }
    return result;
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
