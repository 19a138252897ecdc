package io.hotpod.engine.resource.group;

import static java.util.Objects.requireNonNull;

import io.hotpod.template.ResourceView;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a group can be asked of its members.
 *
 * @param names of the members that are there, in the order of the template
 * @param memory what {@link GroupType#remember} gave last
 */
public record MemberView(List<String> names, ResourceView view, ObjectNode memory) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  public MemberView {
    names = List.copyOf(names);
    requireNonNull(view, "view is null");
    requireNonNull(memory, "memory is null");
  }

  /** The reference ids of all members, null where not known. */
  public ArrayNode references() {
    ArrayNode list = JSON.arrayNode();
    names.forEach(name -> list.add(orNull(view.referenceId(name))));
    return list;
  }

  /** The same by name. */
  public ObjectNode referencesByName() {
    ObjectNode map = JSON.objectNode();
    names.forEach(name -> map.set(name, orNull(view.referenceId(name))));
    return map;
  }

  /** One attribute of all members, null where not known. */
  public ArrayNode attributes(String attribute, List<JsonNode> path) {
    ArrayNode list = JSON.arrayNode();
    names.forEach(name -> list.add(orNull(attribute(name, attribute, path))));
    return list;
  }

  /**
   * The same by name.
   *
   * @param path the name of the attribute, and what follows it
   * @return null when no attribute is named
   */
  public JsonNode attributesByName(List<JsonNode> path) {
    if (path.isEmpty() || !path.getFirst().isString()) {
      return JSON.nullNode();
    }
    String attribute = path.getFirst().stringValue();
    List<JsonNode> rest = path.subList(1, path.size());
    ObjectNode map = JSON.objectNode();
    names.forEach(name -> map.set(name, orNull(attribute(name, attribute, rest))));
    return map;
  }

  private Optional<JsonNode> attribute(String name, String attribute, List<JsonNode> path) {
    return view.attribute(name, attribute, path);
  }

  private static JsonNode orNull(Optional<JsonNode> value) {
    return value.orElseGet(JSON::nullNode);
  }
}
