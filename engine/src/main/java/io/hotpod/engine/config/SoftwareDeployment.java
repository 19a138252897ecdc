package io.hotpod.engine.config;

import static java.util.Objects.requireNonNull;

import io.hotpod.engine.stack.Status;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A software config on a machine, and what became of it.
 *
 * @param serverId of the machine; any text
 * @param configId of the derived config: another one for each action
 * @param resourceId the resource of a stack that it is; empty for one that stands alone
 * @param inputValues by the names of the inputs; may be secret
 * @param outputValues an object; null until there are any
 * @param action that the config is for
 */
public record SoftwareDeployment(
    String id,
    String project,
    String serverId,
    String configId,
    Optional<String> resourceId,
    ObjectNode inputValues,
    JsonNode outputValues,
    String action,
    Status status,
    String statusReason,
    Instant createdAt,
    Optional<Instant> updatedAt) {
  public SoftwareDeployment {
    requireNonNull(id, "id is null");
    requireNonNull(project, "project is null");
    requireNonNull(serverId, "serverId is null");
    requireNonNull(configId, "configId is null");
    requireNonNull(resourceId, "resourceId is null");
    requireNonNull(inputValues, "inputValues is null");
    requireNonNull(outputValues, "outputValues is null");
    requireNonNull(action, "action is null");
    requireNonNull(status, "status is null");
    requireNonNull(statusReason, "statusReason is null");
    requireNonNull(createdAt, "createdAt is null");
    requireNonNull(updatedAt, "updatedAt is null");
  }

  /** What a signal made of it. */
  SoftwareDeployment judged(DeploymentOutcome outcome, Instant now) {
    return new SoftwareDeployment(
        id,
        project,
        serverId,
        configId,
        resourceId,
        inputValues,
        outcome.outputValues(),
        action,
        outcome.status(),
        outcome.statusReason(),
        createdAt,
        Optional.of(now));
  }

  /** What becomes of it when nobody waits for its end any more; in Heat's words. */
  SoftwareDeployment cancelled(Instant now) {
    return new SoftwareDeployment(
        id,
        project,
        serverId,
        configId,
        resourceId,
        inputValues,
        outputValues,
        action,
        Status.FAILED,
        "Deployment cancelled.",
        createdAt,
        Optional.of(now));
  }

  /** Leaves out inputs and outputs. */
  @Override
  public String toString() {
    return "SoftwareDeployment[%s on %s: %s_%s]".formatted(id, serverId, action, status);
  }
}
