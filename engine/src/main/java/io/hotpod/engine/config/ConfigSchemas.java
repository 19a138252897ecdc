package io.hotpod.engine.config;

import io.hotpod.engine.EngineException;
import io.hotpod.engine.ErrorCode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The declarations of inputs and outputs, in the one form in which they are stored. Pure. */
public final class ConfigSchemas {
  private static final List<String> TYPES =
      List.of("String", "Number", "CommaDelimitedList", "Json", "Boolean");

  /** Beyond Heat: the value is shown to nobody but the machine. */
  private static final String HIDDEN = "hidden";

  private ConfigSchemas() {}

  /**
   * Reads declarations of inputs.
   *
   * @throws EngineException when they are none
   */
  public static ArrayNode inputs(ArrayNode given) {
    ArrayNode inputs = JsonNodeFactory.instance.arrayNode();
    for (JsonNode item : given) {
      ObjectNode input = declared(item, "inputs");
      copy(item, input, "default");
      if (item.path("replace_on_change").asBoolean(false)) {
        input.put("replace_on_change", true);
      }
      copyHidden(item, input);
      copy(item, input, "value");
      inputs.add(input);
    }
    requireDistinct(inputs, "inputs");
    return inputs;
  }

  /**
   * Reads declarations of outputs.
   *
   * @throws EngineException when they are none
   */
  public static ArrayNode outputs(ArrayNode given) {
    ArrayNode outputs = JsonNodeFactory.instance.arrayNode();
    for (JsonNode item : given) {
      ObjectNode output = declared(item, "outputs");
      output.put("error_output", item.path("error_output").asBoolean(false));
      copyHidden(item, output);
      outputs.add(output);
    }
    requireDistinct(outputs, "outputs");
    return outputs;
  }

  private static ObjectNode declared(JsonNode item, String list) {
    String name = item.path("name").asString("");
    if (!item.isObject() || name.isEmpty()) {
      throw refused("Every item of %s is a map with a name.".formatted(list));
    }
    String type = item.path("type").asString("String");
    if (!TYPES.contains(type)) {
      throw refused("The type of %s \"%s\" is one of %s.".formatted(list, name, TYPES));
    }
    ObjectNode declared = JsonNodeFactory.instance.objectNode();
    declared.put("name", name);
    copy(item, declared, "description");
    declared.put("type", type);
    return declared;
  }

  private static void copy(JsonNode from, ObjectNode to, String name) {
    if (from.has(name) && !from.path(name).isNull()) {
      to.set(name, from.path(name));
    }
  }

  private static void copyHidden(JsonNode from, ObjectNode to) {
    if (from.path(HIDDEN).asBoolean(false)) {
      to.put(HIDDEN, true);
    }
  }

  /** Whether the value of a declared input or output is for the machine only. */
  static boolean isHidden(JsonNode declared) {
    return declared.path(HIDDEN).asBoolean(false);
  }

  /** The names of those. */
  static Set<String> hidden(ArrayNode declared) {
    return declared
        .valueStream()
        .filter(ConfigSchemas::isHidden)
        .map(each -> each.path("name").asString(""))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static void requireDistinct(ArrayNode list, String words) {
    Set<String> names = new HashSet<>();
    for (JsonNode item : list) {
      if (!names.add(item.path("name").asString(""))) {
        throw refused("%s declares \"%s\" twice.".formatted(words, item.path("name").asString("")));
      }
    }
  }

  private static EngineException refused(String message) {
    return new EngineException(ErrorCode.VALIDATION_FAILED, message);
  }
}
