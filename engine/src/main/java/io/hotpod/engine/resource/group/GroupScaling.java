package io.hotpod.engine.resource.group;

import io.hotpod.engine.resource.SignalContext;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes the members of a group outside of an operation on the stack that has it. Thread-safe. */
public interface GroupScaling {
  /**
   * Accepts a change of members; it is durable on return and carried out after it. Nothing happens
   * while the group is being changed, or within the cooldown after the last change by the group or
   * by the same resource.
   *
   * @param context of the resource that asks for it; it remembers its cooldown
   * @param reference what {@code get_resource} gives for the group
   * @param cooldown of the resource that asks
   * @param change from what there is and the properties of the group to the members wanted; empty
   *     for no change
   * @return whether it was accepted
   * @throws io.hotpod.engine.EngineException when there is no such group
   */
  boolean change(
      SignalContext context,
      String reference,
      Duration cooldown,
      BiFunction<GroupState, ObjectNode, Optional<Map<String, JsonNode>>> change);
}
