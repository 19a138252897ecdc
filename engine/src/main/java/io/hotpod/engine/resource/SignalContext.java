package io.hotpod.engine.resource;

import static java.util.Objects.requireNonNull;

import io.hotpod.engine.stack.Stack;
import java.time.Instant;

/**
 * What a resource type is told of a signal besides its details.
 *
 * @param stack that the resource is in
 * @param resource as it is stored at this moment
 * @param now when the signal came
 */
public record SignalContext(Stack stack, ResourceRecord resource, Instant now) {
  public SignalContext {
    requireNonNull(stack, "stack is null");
    requireNonNull(resource, "resource is null");
    requireNonNull(now, "now is null");
  }
}
