package io.hotpod.engine.stack;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a stack was on some day.
 *
 * @param id a UUID
 * @param name as somebody chose it; need not be unique
 * @param definitionId of the template and environment that the stack had
 * @param operationId the operation that takes it
 * @param data the stack as {@link StackExport} gives it; empty until it is complete
 */
public record Snapshot(
    String id,
    String stackId,
    Optional<String> name,
    Status status,
    String statusReason,
    String definitionId,
    String operationId,
    ObjectNode data,
    Instant createdAt) {
  public Snapshot {
    requireNonNull(id, "id is null");
    requireNonNull(stackId, "stackId is null");
    requireNonNull(name, "name is null");
    requireNonNull(status, "status is null");
    requireNonNull(statusReason, "statusReason is null");
    requireNonNull(definitionId, "definitionId is null");
    requireNonNull(operationId, "operationId is null");
    requireNonNull(data, "data is null");
    requireNonNull(createdAt, "createdAt is null");
  }
}
