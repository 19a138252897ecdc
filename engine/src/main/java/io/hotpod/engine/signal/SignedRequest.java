package io.hotpod.engine.signal;

import static java.util.Objects.requireNonNull;

/**
 * What a signed URL says.
 *
 * @param round what of the resource it is about; empty for all of it
 */
public record SignedRequest(
    String project,
    String stackId,
    String resourceName,
    String resourceId,
    String round,
    String signature) {
  public SignedRequest {
    requireNonNull(project, "project is null");
    requireNonNull(stackId, "stackId is null");
    requireNonNull(resourceName, "resourceName is null");
    requireNonNull(resourceId, "resourceId is null");
    requireNonNull(round, "round is null");
    requireNonNull(signature, "signature is null");
  }

  /** Leaves out the signature. */
  @Override
  public String toString() {
    return "SignedRequest[" + stackId + " " + resourceName + "]";
  }
}
