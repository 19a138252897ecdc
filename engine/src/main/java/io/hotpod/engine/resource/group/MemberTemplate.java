package io.hotpod.engine.resource.group;

import io.hotpod.template.Language;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The template of a group: one resource for each member. A value that looks like a call of a
 * function is no call: it was resolved in the template around the group. Such values stand in a
 * list of their own, which a parameter holds. Pure.
 */
public final class MemberTemplate {
  private static final String VERSION = "2015-04-30";
  private static final String RESOURCES = "resources";
  private static final String PARAMETERS = "parameters";

  /** No resource can have such a name, so no member is in its way. */
  private static final String LITERALS = "/literals";

  private static final String GET_PARAM = "get_param";
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final JsonMapper JSON = new JsonMapper();

  private final Set<String> unknown;
  private final ObjectNode literals = NODES.objectNode();

  private MemberTemplate(Set<String> unknown) {
    this.unknown = unknown;
  }

  /** The name of the parameter that stands for a property which is not known yet. */
  public static String parameter(String property) {
    return "/" + property;
  }

  /** Stands for a property that is not known yet. */
  public static JsonNode unknown(String property) {
    return NODES.objectNode().put(GET_PARAM, parameter(property));
  }

  /**
   * Writes the text.
   *
   * @param unknown names of properties that definitions refer to with {@link #unknown}
   */
  public static String write(Map<String, JsonNode> members, Set<String> unknown) {
    return new MemberTemplate(unknown).template(members).toString();
  }

  /** A definition as {@link #read} would give it, so that the two can be compared. */
  public static JsonNode normal(JsonNode definition) {
    return JSON.readTree(definition.toString());
  }

  private ObjectNode template(Map<String, JsonNode> members) {
    ObjectNode resources = NODES.objectNode();
    members.forEach((name, definition) -> resources.set(name, definition(definition)));
    ObjectNode parameters = NODES.objectNode();
    unknown.forEach(name -> parameters.putObject(parameter(name)).put("type", "string"));
    if (!literals.isEmpty()) {
      parameters.putObject(LITERALS).put("type", "json").set("default", literals);
    }
    ObjectNode template = NODES.objectNode();
    template.put("heat_template_version", VERSION);
    if (!parameters.isEmpty()) {
      template.set(PARAMETERS, parameters);
    }
    template.set(RESOURCES, resources);
    return template;
  }

  private JsonNode definition(JsonNode definition) {
    ObjectNode written = NODES.objectNode();
    definition.propertyStream().forEach(entry -> written.set(entry.getKey(), entry.getValue()));
    for (String part : List.of("properties", "metadata", "update_policy")) {
      JsonNode value = definition.path(part);
      if (value.isObject()) {
        written.set(part, literal(value));
      }
    }
    return written;
  }

  private JsonNode literal(JsonNode value) {
    if (isCall(value)) {
      return isUnknown(value) ? value : aside(value);
    }
    if (value.isObject()) {
      ObjectNode inside = NODES.objectNode();
      value
          .propertyStream()
          .forEach(entry -> inside.set(entry.getKey(), literal(entry.getValue())));
      return inside;
    }
    if (value.isArray()) {
      ArrayNode items = NODES.arrayNode();
      value.forEach(item -> items.add(literal(item)));
      return items;
    }
    return value;
  }

  private static boolean isCall(JsonNode value) {
    return value.isObject()
        && value.size() == 1
        && Language.Function.isKeyword(value.propertyNames().iterator().next());
  }

  private boolean isUnknown(JsonNode value) {
    String name = value.path(GET_PARAM).asString("");
    return name.startsWith("/") && unknown.contains(name.substring(1));
  }

  private ObjectNode aside(JsonNode value) {
    String key = Integer.toString(literals.size());
    literals.set(key, value);
    ObjectNode call = NODES.objectNode();
    call.putArray(GET_PARAM).add(LITERALS).add(key);
    return call;
  }

  /** The definitions of the members in a text that {@link #write} made, by name, in its order. */
  public static Map<String, JsonNode> read(String text) {
    JsonNode template = JSON.readTree(text);
    JsonNode literals = template.path(PARAMETERS).path(LITERALS).path("default");
    Map<String, JsonNode> members = new LinkedHashMap<>();
    template
        .path(RESOURCES)
        .propertyStream()
        .forEach(entry -> members.put(entry.getKey(), original(entry.getValue(), literals)));
    return members;
  }

  private static JsonNode original(JsonNode value, JsonNode literals) {
    if (literals.isMissingNode()) {
      return value;
    }
    if (value.isArray()) {
      ArrayNode items = NODES.arrayNode();
      value.forEach(item -> items.add(original(item, literals)));
      return items;
    }
    if (!value.isObject()) {
      return value;
    }
    JsonNode call = value.path(GET_PARAM);
    if (value.size() == 1 && call.isArray() && call.path(0).asString("").equals(LITERALS)) {
      return literals.path(call.path(1).asString(""));
    }
    ObjectNode inside = NODES.objectNode();
    value
        .propertyStream()
        .forEach(entry -> inside.set(entry.getKey(), original(entry.getValue(), literals)));
    return inside;
  }
}
