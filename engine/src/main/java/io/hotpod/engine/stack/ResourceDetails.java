package io.hotpod.engine.stack;

import tools.jackson.databind.JsonNode;

/**
 * What there is to say of the resources of one stack beside their records; the stack was read once
 * for all of them. Used by one thread.
 */
public interface ResourceDetails {
  /** Values of all attributes of a resource, null where not known; empty before it is created. */
  JsonNode attributes(String resourceName);

  /** What the stack's newest template says of a resource; empty when that says nothing. */
  String description(String resourceName);
}
