package io.hotpod.engine.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;

/** Foresees what is made for the time of a change, and goes when that is done. */
final class Passing {
  private Passing() {}

  /**
   * The steps of a change and of what is there for the time of it: two of each, which have its
   * name.
   *
   * @param steps of the change
   * @param creations of what is there meanwhile
   */
  static List<PlannedStep> around(List<PlannedStep> steps, List<PlannedStep> creations) {
    List<PlannedStep> all = new ArrayList<>();
    creations.forEach(
        step ->
            all.add(with(step, List.of("it serves while the others are changed"), step.after())));
    all.addAll(steps);
    Set<String> others =
        steps.stream()
            .filter(step -> step.kind() != StepKind.DELETE)
            .map(PlannedStep::resource)
            .collect(Collectors.toSet());
    creations.forEach(step -> all.add(removal(step, "the others are changed", others)));
    return all;
  }

  private static PlannedStep with(PlannedStep step, List<String> reasons, Set<String> after) {
    return new PlannedStep(
        step.resource(),
        step.type(),
        step.kind(),
        reasons,
        step.restartsPod(),
        step.certain(),
        after,
        step.nested(),
        step.properties());
  }

  private static PlannedStep removal(PlannedStep step, String reason, Set<String> after) {
    return new PlannedStep(
        step.resource(),
        step.type(),
        StepKind.DELETE,
        List.of(reason),
        step.restartsPod(),
        step.certain(),
        after,
        step.nested().stream()
            .map(inside -> removal(inside, "the stack around it goes", Set.of()))
            .toList(),
        JsonNodeFactory.instance.objectNode());
  }
}
