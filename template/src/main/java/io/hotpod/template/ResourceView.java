package io.hotpod.template;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What is known of the resources while properties and outputs are resolved. It is asked for
 * resources that the instance has, for one possibly more than once; what it throws reaches the
 * caller. It has to be thread-safe where several threads resolve with it.
 */
public interface ResourceView {
  /** What {@code get_resource} gives; empty when it is not known yet. */
  Optional<JsonNode> referenceId(String resource);

  /** An attribute, possibly null; empty when it is not known yet. */
  Optional<JsonNode> attribute(String resource, String attribute);

  /**
   * What a path leads to inside an attribute; null where it leads nowhere.
   *
   * @param path keys, and indices as numbers; may be empty
   * @return empty when the attribute is not known yet
   */
  default Optional<JsonNode> attribute(String resource, String attribute, List<JsonNode> path) {
    return attribute(resource, attribute).map(value -> inside(value, path));
  }

  /** What a path leads to inside a value, by the rules of {@code get_attr}; null for nowhere. */
  static JsonNode inside(JsonNode value, List<JsonNode> path) {
    return PathLookup.find(value, path, false).orElseGet(JsonNodeFactory.instance::nullNode);
  }

  /** A map of all attributes but {@code show}; empty when they are not known yet. */
  Optional<JsonNode> attributes(String resource);

  /** Before anything exists. */
  ResourceView NOTHING =
      new ResourceView() {
        @Override
        public Optional<JsonNode> referenceId(String resource) {
          return Optional.empty();
        }

        @Override
        public Optional<JsonNode> attribute(String resource, String attribute) {
          return Optional.empty();
        }

        @Override
        public Optional<JsonNode> attributes(String resource) {
          return Optional.empty();
        }
      };
}
