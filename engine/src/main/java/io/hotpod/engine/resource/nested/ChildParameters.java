package io.hotpod.engine.resource.nested;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Turns the properties of a resource into the parameters of the stack inside it. Pure. */
final class ChildParameters {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ChildParameters() {}

  static Map<String, JsonNode> of(ObjectNode properties) {
    Map<String, JsonNode> parameters = new LinkedHashMap<>();
    properties
        .propertyStream()
        .forEach(
            entry ->
                parameters.put(
                    entry.getKey(),
                    entry.getValue() instanceof ArrayNode list ? list(list) : entry.getValue()));
    return parameters;
  }

  /** A list of texts as it is; maps in it written out as Heat does, one text for each entry. */
  private static JsonNode list(ArrayNode list) {
    if (!list.isEmpty() && list.get(0).isObject()) {
      List<String> members = new ArrayList<>();
      for (int i = 0; i < list.size(); i++) {
        int index = i;
        list.get(i)
            .propertyStream()
            .forEach(
                entry ->
                    members.add(
                        ".member.%d.%s=%s"
                            .formatted(index, entry.getKey(), entry.getValue().asString(""))));
      }
      return NODES.stringNode(String.join(",", members));
    }
    ArrayNode items = NODES.arrayNode();
    list.forEach(item -> items.add(item.isNull() ? NODES.stringNode("") : item));
    return items;
  }
}
