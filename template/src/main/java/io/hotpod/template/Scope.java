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
 */
record Scope(
    TemplateVersion version,
    Map<String, String> files,
    Parameters parameters,
    Map<String, Boolean> conditions,
    Optional<ResourceFacade> facade) {

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
        yield PythonEquality.equal(resolver.value(equals.left()), resolver.value(equals.right()));
      }
      case Condition.Not not -> !holds(not.condition());
      case Condition.And and -> and.conditions().stream().allMatch(this::holds);
      case Condition.Or or -> or.conditions().stream().anyMatch(this::holds);
    };
  }
}
