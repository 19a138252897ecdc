package io.hotpod.engine.resource.group;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * One round of a change that is made in batches.
 *
 * @param members that there should be after it, by name, in the order of the template
 * @param pause before it, unless it is the first
 */
public record Round(Map<String, JsonNode> members, Duration pause) {
  public Round {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }
}
