package io.hotpod.engine.plan;

import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.StackTypes;
import io.hotpod.engine.stack.Action;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;

/** Foresees that resources go, with everything inside them. */
final class Removals {
  private Removals() {}

  static PlannedStep step(
      Planner planner,
      StackTypes types,
      ResourceRecord resource,
      Collection<ResourceRecord> neighbours,
      String reason) {
    Set<String> dependents =
        neighbours.stream()
            .filter(other -> other.requires().contains(resource.name()))
            .map(ResourceRecord::name)
            .collect(Collectors.toSet());
    List<ResourceRecord> inside = planner.resources(resource.id());
    List<PlannedStep> nested = new ArrayList<>();
    for (ResourceRecord each : inside) {
      nested.add(step(planner, types, each, inside, "the stack around it goes"));
    }
    boolean runsPod = resource.action() != Action.INIT && types.of(resource).runsPod();
    return new PlannedStep(
        resource.name(),
        resource.type(),
        StepKind.DELETE,
        List.of(reason),
        runsPod || nested.stream().anyMatch(PlannedStep::restartsPod),
        true,
        dependents,
        nested,
        JsonNodeFactory.instance.objectNode());
  }
}
