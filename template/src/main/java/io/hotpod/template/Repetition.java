package io.hotpod.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code repeat}: a list with the template once for each combination of values, with the words of
 * {@code for_each} replaced in all its texts and keys. The words are replaced one after the other,
 * so that a value may hold a later word.
 */
final class Repetition {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Copying a value without text costs about so many characters. */
  private static final int NODE = 4;

  private final List<String> words;
  private final List<List<JsonNode>> values;
  private final PlainFunction.Call call;

  private Repetition(List<String> words, List<List<JsonNode>> values, PlainFunction.Call call) {
    this.words = words;
    this.values = values;
    this.call = call;
  }

  static JsonNode repeat(JsonNode argument, PlainFunction.Call call) throws FunctionException {
    JsonNode template = argument.path("template");
    JsonNode forEach = argument.path("for_each");
    JsonNode permutations = argument.path("permutations");
    if (!forEach.isObject()) {
      throw new FunctionException("The \"for_each\" argument to \"repeat\" must contain a map");
    }
    if (forEach.isEmpty()) {
      throw new FunctionException("The \"for_each\" argument to \"repeat\" must name a list");
    }
    if (!permutations.isMissingNode() && !permutations.isBoolean()) {
      throw new FunctionException("\"permutations\" should be boolean type for repeat function.");
    }
    boolean inStep = permutations.isBoolean() && !permutations.booleanValue();
    List<String> words = new ArrayList<>();
    List<List<JsonNode>> values = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : forEach.properties()) {
      words.add(entry.getKey());
      values.add(values(entry.getValue(), inStep, call));
    }
    if (values.stream().anyMatch(List::isEmpty)) {
      return NODES.arrayNode();
    }
    JsonNode repeated = template.isMissingNode() ? NODES.nullNode() : template;
    Repetition repetition = new Repetition(words, values, call);
    return inStep ? repetition.inStep(repeated) : repetition.everyCombination(repeated);
  }

  private static List<JsonNode> values(JsonNode list, boolean inStep, PlainFunction.Call call)
      throws FunctionException {
    boolean maps = Language.Feature.REPEAT_OVER_MAPS.isIn(call.version()) && !inStep;
    if (list.isNull()) {
      return List.of();
    }
    if (list.isObject() && maps) {
      return list.propertyNames().stream().<JsonNode>map(NODES::stringNode).toList();
    }
    if (!list.isArray()) {
      throw new FunctionException(
          "The values of the \"for_each\" argument to \"repeat\" must be "
              + (maps ? "lists or maps" : "lists"));
    }
    return list.valueStream().toList();
  }

  private ArrayNode inStep(JsonNode template) throws FunctionException {
    int length = values.getFirst().size();
    if (values.stream().anyMatch(list -> list.size() != length)) {
      throw new FunctionException(
          "For repeat, the length of for_each values should be equal if no nested loop.");
    }
    ArrayNode result = NODES.arrayNode();
    for (int i = 0; i < length; i++) {
      int position = i;
      result.add(replaced(template, values.stream().map(list -> list.get(position)).toList()));
    }
    return result;
  }

  private ArrayNode everyCombination(JsonNode template) throws FunctionException {
    ArrayNode result = NODES.arrayNode();
    int[] positions = new int[values.size()];
    while (positions[0] < values.getFirst().size()) {
      List<JsonNode> chosen = new ArrayList<>(positions.length);
      for (int i = 0; i < positions.length; i++) {
        chosen.add(values.get(i).get(positions[i]));
      }
      result.add(replaced(template, chosen));
      int last = positions.length - 1;
      positions[last]++;
      for (int i = last; i > 0 && positions[i] == values.get(i).size(); i--) {
        positions[i] = 0;
        positions[i - 1]++;
      }
    }
    return result;
  }

  private JsonNode replaced(JsonNode template, List<JsonNode> chosen) throws FunctionException {
    call.charge().accept(NODE);
    if (template.isString()) {
      return NODES.stringNode(replaced(template.stringValue(), chosen));
    }
    if (template.isArray()) {
      ArrayNode list = NODES.arrayNode(template.size());
      for (JsonNode item : template) {
        list.add(replaced(item, chosen));
      }
      return list;
    }
    if (template.isObject()) {
      ObjectNode map = NODES.objectNode();
      for (Map.Entry<String, JsonNode> entry : template.properties()) {
        map.set(replaced(entry.getKey(), chosen), replaced(entry.getValue(), chosen));
      }
      return map;
    }
    return template;
  }

  private String replaced(String text, List<JsonNode> chosen) throws FunctionException {
    String result = text;
    for (int i = 0; i < words.size(); i++) {
      if (!chosen.get(i).isString()) {
        throw new FunctionException(
            "\"repeat\" puts strings into its template, not " + Resolver.kind(chosen.get(i)));
      }
      String value = chosen.get(i).stringValue();
      call.charge().accept(result.length());
      // The budget must know before the text grows: a short word may occur in every place.
      long growth = (long) occurrences(result, words.get(i)) * value.length();
      call.charge().accept(growth);
      result = result.replace(words.get(i), value);
    }
    return result;
  }

  private static int occurrences(String text, String word) {
    if (word.isEmpty()) {
      return text.length() + 1;
    }
    int count = 0;
    for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length())) {
      count++;
    }
    return count;
  }
}
