package io.hotpod.engine.event;

import static java.util.Objects.requireNonNull;

import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Status;
import java.time.Instant;
import java.util.Optional;

/**
 * One change of state of a stack or of a resource.
 *
 * @param number grows with each event of the whole server
 * @param resourceName the stack's name for events of the stack itself
 * @param physicalId the stack's id for events of the stack itself; empty while there is none
 * @param resourceId of the incarnation of the resource; empty for events of the stack itself, and
 *     for those from before it was written down
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
    String reason,
    Optional<String> resourceId) {
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
    requireNonNull(resourceId, "resourceId is null");
  }

  /** An event of a stack itself. */
  public Event(
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
    this(
        id,
        number,
        stackId,
        time,
        resourceName,
        resourceType,
        physicalId,
        action,
        status,
        reason,
        Optional.empty());
  }
}
