package io.hotpod.engine.resource;

import static java.util.Objects.requireNonNull;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What came of creating or updating a resource.
 *
 * @param physicalId how the outside world knows it
 * @param data what the type wants to remember
 */
public record Physical(String physicalId, ObjectNode data) {
  public Physical {
    requireNonNull(physicalId, "physicalId is null");
    requireNonNull(data, "data is null");
  }

  /** Something of which only the id matters. */
  public static Physical of(String physicalId) {
    return new Physical(physicalId, JsonNodeFactory.instance.objectNode());
  }
}
