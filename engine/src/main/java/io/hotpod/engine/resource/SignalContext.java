package io.hotpod.engine.resource;

import static java.util.Objects.requireNonNull;

import io.hotpod.engine.stack.Stack;
import java.time.Instant;

/**
 * What a resource type is told of a signal besides its details.
 *
 * @param stack that the resource is in
 * @param resource as it is stored at this moment
 * @param round what of the resource it is about, such as one run of a deployment; empty for all of
 *     it
 * @param now when the signal came
 */
public record SignalContext(Stack stack, ResourceRecord resource, String round, Instant now) {
  public SignalContext {
    requireNonNull(stack, "stack is null");
    requireNonNull(resource, "resource is null");
    requireNonNull(round, "round is null");
    requireNonNull(now, "now is null");
  }
}
