package io.hotpod.engine.stack;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A stack as it stands.
 *
 * @param id a UUID
 * @param name unique among the live stacks of the project
 * @param description of the template; may be empty
 * @param username of the user who created it; empty when nobody was told apart then
 * @param updatedAt when the last action after the create began
 * @param definitionId of the template and environment that it has or is moving to
 * @param fence grows whenever an operation takes the stack over; writes of an older owner are
 *     refused by it
 * @param nesting where it stands, when it is inside a resource of another stack
 */
public record Stack(
    String id,
    String project,
    String name,
    Action action,
    Status status,
    String statusReason,
    String description,
    Optional<String> username,
    Instant createdAt,
    Optional<Instant> updatedAt,
    Optional<Instant> deletedAt,
    Optional<Duration> timeout,
    boolean disableRollback,
    List<String> tags,
    String definitionId,
    Optional<String> previousDefinitionId,
    String operationId,
    long fence,
    Optional<Nesting> nesting) {
  public Stack {
    requireNonNull(id, "id is null");
    requireNonNull(project, "project is null");
    requireNonNull(name, "name is null");
    requireNonNull(action, "action is null");
    requireNonNull(status, "status is null");
    requireNonNull(statusReason, "statusReason is null");
    requireNonNull(description, "description is null");
    requireNonNull(username, "username is null");
    requireNonNull(createdAt, "createdAt is null");
    requireNonNull(updatedAt, "updatedAt is null");
    requireNonNull(deletedAt, "deletedAt is null");
    requireNonNull(timeout, "timeout is null");
    tags = List.copyOf(tags);
    requireNonNull(definitionId, "definitionId is null");
    requireNonNull(previousDefinitionId, "previousDefinitionId is null");
    requireNonNull(operationId, "operationId is null");
    requireNonNull(nesting, "nesting is null");
  }

  /** Heat's {@code stack_status}: {@code CREATE_COMPLETE}. */
  public String combinedStatus() {
    return action + "_" + status;
  }
}
