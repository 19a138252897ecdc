package io.hotpod.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads one JSON document. For one text only. */
final class JsonReader {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final String file;
  private final Limits limits;
  private final RepeatedKeys repeatedKeys;
  private final Budget budget;
  private final TextCursor cursor;
  private final Words words = new Words();

  JsonReader(String file, Limits limits, RepeatedKeys repeatedKeys, String text) {
    this.file = file;
    this.limits = limits;
    this.repeatedKeys = repeatedKeys;
    this.budget = new Budget(limits);
    this.cursor = new TextCursor(file, text);
  }

  /**
   * Reads the text.
   *
   * @throws JsonSyntaxException when it is not JSON at all
   * @throws DocumentException when it is JSON, but repeats a key or exceeds the limits
   */
  ReadDocument read(String text) {
    // One level more than allowed, so that the refusal is ours and in our words.
    StreamReadConstraints constraints =
        StreamReadConstraints.builder()
            .maxNestingDepth(limits.depth() + 1)
            .maxStringLength(limits.bytes())
            .maxNameLength(limits.bytes())
            .build();
    JsonFactory factory = JsonFactory.builder().streamReadConstraints(constraints).build();
    try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), text)) {
      parser.nextToken();
      Node root = value(parser, 1);
      if (parser.nextToken() != null) {
        throw new JsonSyntaxException(problem(place(parser), "something follows the JSON value"));
      }
      budget.throwNoted();
      return new ReadDocument(root, budget.warnings());
    } catch (JacksonException refused) {
      throw new JsonSyntaxException(problem(place(refused), words(refused)));
    }
  }

  private Node value(JsonParser parser, int depth) {
    Location location = place(parser);
    budget.checkDepth(depth, location);
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> object(parser, depth, location);
      case START_ARRAY -> array(parser, depth, location);
      case VALUE_STRING ->
          scalar(NODES.stringNode(words.once(parser.getString())), parser, location);
      case VALUE_NUMBER_INT -> scalar(Nodes.number(parser.getBigIntegerValue()), parser, location);
      case VALUE_NUMBER_FLOAT -> scalar(number(parser, location), parser, location);
      case VALUE_TRUE -> scalar(NODES.booleanNode(true), parser, location);
      case VALUE_FALSE -> scalar(NODES.booleanNode(false), parser, location);
      case VALUE_NULL -> scalar(NODES.nullNode(), parser, location);
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("not a value: " + token);
    };
  }

  private Node object(JsonParser parser, int depth, Location location) {
    budget.spend(1, 0, location);
    MappingBuilder builder = new MappingBuilder(budget, repeatedKeys);
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = words.once(parser.currentName());
      Location keyLocation = place(parser);
      budget.spendText(key, keyLocation);
      parser.nextToken();
      Node value = value(parser, depth + 1);
      if (builder.claim(key, keyLocation)) {
        builder.put(key, keyLocation, value);
      }
    }
    return builder.build(location);
  }

  private Node array(JsonParser parser, int depth, Location location) {
    budget.spend(1, 0, location);
    List<Node> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser, depth + 1));
    }
    return new SequenceNode(items, Optional.of(location));
  }

  private Node scalar(JsonNode value, JsonParser parser, Location location) {
    String text = words.once(parser.getString());
    budget.spendText(text, location);
    return new ScalarNode(value, text, Optional.of(location));
  }

  private JsonNode number(JsonParser parser, Location location) {
    double number = parser.getDoubleValue();
    if (!Double.isFinite(number)) {
      budget.note(location, "this number is too large");
    }
    return NODES.numberNode(number);
  }

  private Location place(JsonParser parser) {
    return cursor.at((int) parser.currentTokenLocation().getCharOffset());
  }

  private Location place(JacksonException refused) {
    TokenStreamLocation place = refused.getLocation();
    return place == null
        ? new Location(file, 1, 1)
        : new Location(file, Math.max(1, place.getLineNr()), Math.max(1, place.getColumnNr()));
  }

  private static Problem problem(Location location, String message) {
    return new Problem(Optional.of(location), "", message, Optional.empty());
  }

  /** The parser's first sentence, without its notes on where its buffers are. */
  private static String words(JacksonException refused) {
    String message = refused.getOriginalMessage().lines().findFirst().orElse("it cannot be read");
    return "this is not valid JSON: " + message;
  }
}
