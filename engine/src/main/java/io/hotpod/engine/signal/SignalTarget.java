package io.hotpod.engine.signal;

import static java.util.Objects.requireNonNull;

import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.stack.Stack;
import java.util.List;

/**
 * The one physical resource that a machine may signal. Whatever takes its place is another.
 *
 * @param resourceId of the incarnation
 */
public record SignalTarget(
    String project, String stackName, String stackId, String resourceName, String resourceId) {
  public SignalTarget {
    requireNonNull(project, "project is null");
    requireNonNull(stackName, "stackName is null");
    requireNonNull(stackId, "stackId is null");
    requireNonNull(resourceName, "resourceName is null");
    requireNonNull(resourceId, "resourceId is null");
  }

  static SignalTarget of(Stack stack, ResourceRecord resource) {
    return new SignalTarget(
        stack.project(), stack.name(), stack.id(), resource.name(), resource.id());
  }

  /** What must not change, for signatures. */
  List<String> parts() {
    return List.of(project, stackId, resourceName, resourceId);
  }
}
