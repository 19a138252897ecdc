package io.hotpod.engine.plan;

import java.util.List;

/**
 * What an operation will do, one step a resource, in an order that respects the dependencies.
 *
 * @param steps resources that stay as they are included
 */
public record Plan(List<PlannedStep> steps) {
  public Plan {
    steps = List.copyOf(steps);
  }
}
