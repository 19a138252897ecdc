package io.hotpod.template;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The functions that work on lists. */
final class ListFunctions {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ListFunctions() {}

  /** {@code list_join: [delimiter, list, …]}. */
  static JsonNode join(JsonNode argument, PlainFunction.Call call) throws FunctionException {
    boolean modern = Language.Feature.SEVERAL_LISTS_TO_JOIN.isIn(call.version());
    if (!argument.get(0).isString()) {
      throw new FunctionException("\"" + call.keyword() + "\" delimiter must be a string");
    }
    List<String> items = new ArrayList<>();
    for (int i = 1; i < argument.size(); i++) {
      JsonNode list = argument.get(i);
      if (list.isNull() || (modern && isEmpty(list))) {
        continue;
      }
      if (!list.isArray()) {
        throw new FunctionException("\"" + call.keyword() + "\" must operate on a list");
      }
      for (JsonNode item : list) {
        items.add(joinable(item, call));
      }
    }
    String delimiter = argument.get(0).stringValue();
    items.forEach(item -> call.charge().accept(item.length() + delimiter.length()));
    return NODES.stringNode(String.join(delimiter, items));
  }

  private static String joinable(JsonNode item, PlainFunction.Call call) throws FunctionException {
    boolean modern = Language.Feature.CONTAINERS_AS_TEXT.isIn(call.version());
    if (item.isNull()) {
      return "";
    }
    if (item.isString()) {
      return item.stringValue();
    }
    if (item.isContainer() && modern) {
      return PythonText.json(item, true);
    }
    throw new FunctionException(
        modern
            ? "Items to join must be string, map or list, not " + Resolver.kind(item)
            : "Items to join must be strings, not " + Resolver.kind(item));
  }

  /** What Python takes for false. */
  static boolean isEmpty(JsonNode value) {
    return switch (value.getNodeType()) {
      case NULL, MISSING -> true;
      case STRING -> value.stringValue().isEmpty();
      case NUMBER -> value.numberValue().doubleValue() == 0;
      case BOOLEAN -> !value.booleanValue();
      case ARRAY, OBJECT -> value.isEmpty();
      case BINARY, POJO -> false;
    };
  }

  /** {@code list_concat: [list, …]}. */
  static JsonNode concat(JsonNode argument, PlainFunction.Call call) throws FunctionException {
    ArrayNode all = NODES.arrayNode();
    for (JsonNode list : argument) {
      if (!list.isArray() && !list.isNull()) {
        throw new FunctionException(
            "Incorrect arguments: Items to concat must be lists, not " + Resolver.kind(list));
      }
      call.charge().accept(list.size());
      list.forEach(all::add);
    }
    return all;
  }

  /** {@code list_concat_unique: [list, …]}: the first of equal items stays. */
  static JsonNode concatUnique(JsonNode argument, PlainFunction.Call call)
      throws FunctionException {
    Set<PythonKey> seen = new HashSet<>();
    ArrayNode unique = NODES.arrayNode();
    for (JsonNode item : concat(argument, call)) {
      if (seen.add(new PythonKey(item))) {
        unique.add(item);
      }
    }
    return unique;
  }

  /** {@code filter: [values, list]}. */
  static JsonNode filter(JsonNode argument, PlainFunction.Call call) throws FunctionException {
    JsonNode values = argument.get(0);
    JsonNode list = argument.get(1);
    if (isEmpty(list)) {
      return list;
    }
    if (!isEmpty(values) && !values.isArray()) {
      throw new FunctionException("\"filter\" filters a list of values");
    }
    if (!list.isArray()) {
      throw new FunctionException("\"filter\" only works with lists");
    }
    Set<PythonKey> unwanted = new HashSet<>();
    values.forEach(value -> unwanted.add(new PythonKey(value)));
    ArrayNode wanted = NODES.arrayNode();
    for (JsonNode item : list) {
      if (!unwanted.contains(new PythonKey(item))) {
        wanted.add(item);
      }
    }
    call.charge().accept(list.size());
    return wanted;
  }

  /** {@code contains: [value, list or text]}. */
  static JsonNode contains(JsonNode argument, PlainFunction.Call call) throws FunctionException {
    JsonNode value = argument.get(0);
    JsonNode sequence = argument.get(1);
    if (sequence.isString()) {
      if (!value.isString()) {
        throw new FunctionException(
            "\"contains\" looks for a string in a string, not for " + Resolver.kind(value));
      }
      return NODES.booleanNode(sequence.stringValue().contains(value.stringValue()));
    }
    if (!sequence.isArray()) {
      throw new FunctionException("Second argument to \"contains\" should be a sequence.");
    }
    call.charge().accept(sequence.size());
    return NODES.booleanNode(
        sequence.valueStream().anyMatch(item -> PythonEquality.equal(item, value)));
  }
}
