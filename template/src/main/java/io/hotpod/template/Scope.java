package io.hotpod.template;

import io.hotpod.document.DocumentException;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What expressions are resolved against, resources aside.
 *
 * @param conditions the outcome of each named condition that has been decided so far
 * @param facade the resource that the template stands for, when it does
 * @param work what working conditions and early values out may still cost
 */
record Scope(
    TemplateVersion version,
    Map<String, String> files,
    Parameters parameters,
    Map<String, Boolean> conditions,
    Optional<ResourceFacade> facade,
    WorkBudget work) {
  /** The same with work that is counted elsewhere. */
  Scope counting(WorkBudget other) {
    return new Scope(version, files, parameters, conditions, facade, other);
  }

  /** Whether a condition holds; conditions depend on parameters only. */
  boolean holds(Condition condition) {
    return switch (condition) {
      case Condition.Truth truth -> {
        Resolver resolver = Resolver.withoutResources(this);
        JsonNode value = resolver.value(truth.value());
        if (!value.isBoolean()) {
          throw new DocumentException(
              truth
                  .place()
                  .problem(
                      "The condition value must be a boolean, but after resolution it is "
                          + Resolver.kind(value)));
        }
        yield value.booleanValue();
      }
      case Condition.Named named -> Boolean.TRUE.equals(conditions.get(named.name()));
      case Condition.Equals equals -> {
        Resolver resolver = Resolver.withoutResources(this);
        JsonNode left = resolver.value(equals.left());
        JsonNode right = resolver.value(equals.right());
        work.spendOnReading(
            Math.min(ValueBudget.size(left), ValueBudget.size(right)), equals.place());
        yield PythonEquality.equal(left, right);
      }
      case Condition.Not not -> !holds(not.condition());
      case Condition.And and -> and.conditions().stream().allMatch(this::holds);
      case Condition.Or or -> or.conditions().stream().anyMatch(this::holds);
    };
  }
}
