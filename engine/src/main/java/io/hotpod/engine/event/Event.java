package io.hotpod.engine.event;

import static java.util.Objects.requireNonNull;

import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Status;
import java.time.Instant;

/**
 * One change of state of a stack or of a resource.
 *
 * @param number grows with each event of the whole server
 * @param resourceName the stack's name for events of the stack itself
 * @param physicalId the stack's id for events of the stack itself; empty while there is none
 */
public record Event(
    String id,
    long number,
    String stackId,
    Instant time,
    String resourceName,
    String resourceType,
    String physicalId,
    Action action,
    Status status,
    String reason) {
  /** The type that events of the stack itself carry. */
  public static final String STACK_TYPE = "OS::Heat::Stack";

  public Event {
    requireNonNull(id, "id is null");
    requireNonNull(stackId, "stackId is null");
    requireNonNull(time, "time is null");
    requireNonNull(resourceName, "resourceName is null");
    requireNonNull(resourceType, "resourceType is null");
    requireNonNull(physicalId, "physicalId is null");
    requireNonNull(action, "action is null");
    requireNonNull(status, "status is null");
    requireNonNull(reason, "reason is null");
  }
}
