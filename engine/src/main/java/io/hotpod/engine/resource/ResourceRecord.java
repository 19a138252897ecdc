package io.hotpod.engine.resource;

import static java.util.Objects.requireNonNull;

import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Status;
import io.hotpod.pod.ModificationToken;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * One physical resource of a stack as it is stored. A name may have several while one replaces the
 * other.
 *
 * @param id a UUID, of this incarnation
 * @param type as the template names it
 * @param implementation what the type stood for when the resource was last modified: {@link
 *     ResourceType#implementation}
 * @param incarnation counts the physical replacements of the name, from 1
 * @param physicalId empty until it is created
 * @param token of the modification that was begun last; stored before the outside world is touched;
 *     empty before the first, and for what the stack did not make
 * @param properties resolved, as of that modification
 * @param shown the properties without what is for nobody's eyes; empty when all of them are for
 *     everybody who may see the stack
 * @param data what the type remembers
 * @param requires names of the resources that it depends on
 * @param definitionId the stack definition that its last modification came from
 * @param operationId the operation that touched it last; empty when somebody marked it since
 * @param replacedBy id of the incarnation that takes its place
 * @param retain when it is no longer wanted it is forgotten, not deleted
 */
public record ResourceRecord(
    String id,
    String stackId,
    String name,
    String type,
    String implementation,
    int incarnation,
    Optional<String> physicalId,
    Action action,
    Status status,
    String statusReason,
    Optional<ModificationToken> token,
    ObjectNode properties,
    Optional<ObjectNode> shown,
    ObjectNode data,
    Set<String> requires,
    String definitionId,
    String operationId,
    Optional<String> replacedBy,
    boolean retain,
    Instant createdAt,
    Instant updatedAt) {
  /**
   * The implementation of all resources that are stacks of a template; those of types that make the
   * template themselves begin with it.
   */
  public static final String TEMPLATE = "template";

  public ResourceRecord {
    requireNonNull(id, "id is null");
    requireNonNull(stackId, "stackId is null");
    requireNonNull(name, "name is null");
    requireNonNull(type, "type is null");
    requireNonNull(implementation, "implementation is null");
    requireNonNull(physicalId, "physicalId is null");
    requireNonNull(action, "action is null");
    requireNonNull(status, "status is null");
    requireNonNull(statusReason, "statusReason is null");
    requireNonNull(token, "token is null");
    requireNonNull(properties, "properties is null");
    requireNonNull(shown, "shown is null");
    requireNonNull(data, "data is null");
    requires = Set.copyOf(requires);
    requireNonNull(definitionId, "definitionId is null");
    requireNonNull(operationId, "operationId is null");
    requireNonNull(replacedBy, "replacedBy is null");
    requireNonNull(createdAt, "createdAt is null");
    requireNonNull(updatedAt, "updatedAt is null");
  }

  /** The properties as people may see them. */
  public ObjectNode shownProperties() {
    return shown.orElse(properties);
  }

  /** The stack inside; empty for a resource that is none, and before there is one. */
  public Optional<String> nestedStackId() {
    return implementation.startsWith(TEMPLATE) ? physicalId : Optional.empty();
  }

  /** Whether it names a thing that the stack did not make and leaves alone. */
  public boolean isExternal() {
    return physicalId.isPresent() && token.isEmpty() && action != Action.INIT;
  }

  /**
   * Whether nothing was ever begun of it, so that there is nothing outside: its token would be
   * stored. Its action does not tell, since what was never begun can be marked unhealthy.
   */
  public boolean isUntouched() {
    return action == Action.INIT || (token.isEmpty() && physicalId.isEmpty());
  }

  /** Whether somebody said that it is to be replaced. */
  public boolean isMarkedUnhealthy() {
    return action == Action.CHECK && status == Status.FAILED && operationId.isEmpty();
  }

  /** Whether it was taken out of use, and nothing has brought it back all the way since. */
  public boolean isSuspended() {
    return action == Action.SUSPEND || (action == Action.RESUME && status != Status.COMPLETE);
  }

  /** Heat's {@code resource_status}: {@code CREATE_COMPLETE}. */
  public String combinedStatus() {
    return action + "_" + status;
  }
}
