package io.hotpod.engine.stack;

import io.hotpod.document.Problem;
import io.hotpod.template.DeletionPolicy;
import io.hotpod.template.Expression;
import io.hotpod.template.ResourceDefinition;
import io.hotpod.template.TemplateInstance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the language knows and no resource type here does yet: it is refused by name, so that nobody
 * takes silence for success.
 */
final class UnsupportedKeys {
  private UnsupportedKeys() {}

  static List<Problem> in(TemplateInstance template, ResourceDefinition resource) {
    List<Problem> problems = new ArrayList<>();
    if (template.deletionPolicy(resource.name()) == DeletionPolicy.SNAPSHOT) {
      String message = "\"Snapshot\" deletion policy not supported";
      problems.add(problem(resource, "deletion_policy", resource.deletionPolicy(), message));
    }
    return problems;
  }

  private static Problem problem(
      ResourceDefinition resource, String key, Optional<Expression> value, String message) {
    return new Problem(
        value.flatMap(expression -> expression.place().location()).or(resource::location),
        "resources.%s.%s".formatted(resource.name(), key),
        message,
        Optional.empty());
  }
}
