package io.hotpod.template;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What is known of the resources while properties and outputs are resolved. */
public interface ResourceView {
  /** What {@code get_resource} gives; empty when it is not known yet. */
  Optional<JsonNode> referenceId(String resource);

  /** An attribute, possibly null; empty when it is not known yet. */
  Optional<JsonNode> attribute(String resource, String attribute);

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
