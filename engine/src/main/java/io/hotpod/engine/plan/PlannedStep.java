package io.hotpod.engine.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * What will happen to one resource.
 *
 * @param reasons why, for people; empty for {@link StepKind#NONE}
 * @param restartsPod a pod will be started, restarted or stopped by it
 * @param certain false when it depends on values that are only known while the operation runs
 * @param after names of the resources whose steps come first
 * @param nested what happens inside, for a resource that is a stack; empty when it cannot be told
 * @param properties all that its type has, with JSON's null for what is not given, or only known
 *     while the operation runs; empty for what is deleted or only taken in. Not to be changed
 */
public record PlannedStep(
    String resource,
    String type,
    StepKind kind,
    List<String> reasons,
    boolean restartsPod,
    boolean certain,
    Set<String> after,
    List<PlannedStep> nested,
    ObjectNode properties) {
  public PlannedStep {
    requireNonNull(resource, "resource is null");
    requireNonNull(type, "type is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(properties, "properties is null");
    reasons = List.copyOf(reasons);
    after = Set.copyOf(after);
    nested = List.copyOf(nested);
  }
}
