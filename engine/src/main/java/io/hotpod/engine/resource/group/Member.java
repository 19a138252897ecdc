package io.hotpod.engine.resource.group;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * A member that a group has.
 *
 * @param definition as a template writes a resource
 * @param createdAt {@link Instant#MAX} for one that has no resource yet
 */
public record Member(String name, JsonNode definition, Instant createdAt, boolean failed) {
  public Member {
    requireNonNull(name, "name is null");
    requireNonNull(definition, "definition is null");
    requireNonNull(createdAt, "createdAt is null");
  }
}
