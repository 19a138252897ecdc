package io.hotpod.template;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Resources whose attributes stand in a map: name to {id, attributes}. */
record MapView(JsonNode resources) implements ResourceView {
  static MapView of(String yaml) {
    return new MapView(Templates.json(yaml));
  }

  @Override
  public Optional<JsonNode> referenceId(String resource) {
    return resources.optional(resource).flatMap(node -> node.optional("id"));
  }

  @Override
  public Optional<JsonNode> attribute(String resource, String attribute) {
    return attributes(resource).flatMap(node -> node.optional(attribute));
  }

  @Override
  public Optional<JsonNode> attributes(String resource) {
    return resources.optional(resource).flatMap(node -> node.optional("attributes"));
  }
}
