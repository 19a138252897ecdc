package io.hotpod.engine.stack;

import io.hotpod.document.DocumentException;
import io.hotpod.document.Problem;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.template.Resolution;
import io.hotpod.template.ResourceDefinition;
import io.hotpod.template.ResourceView;
import io.hotpod.template.TemplateInstance;
import io.hotpod.template.schema.PropertyReader;
import io.hotpod.template.schema.ResourceSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Checks the update policy of a resource against its type. Pure. */
final class PolicyCheck {
  private static final String UPDATE_POLICY = "update_policy";

  private PolicyCheck() {}

  /**
   * What is wrong with it.
   *
   * @param at path of the resource
   */
  static List<Problem> in(
      TemplateInstance template, ResourceDefinition resource, ResourceType type, String at) {
    if (resource.updatePolicy().isEmpty()) {
      return List.of();
    }
    Optional<ResourceSchema> schema = type.updatePolicy();
    if (schema.isEmpty()) {
      return List.of(
          new Problem(
              template.locatePolicy(resource.name(), List.of()).or(resource::location),
              at + "." + UPDATE_POLICY,
              "%s has no update_policy".formatted(resource.type()),
              Optional.empty()));
    }
    try {
      return switch (template.updatePolicy(resource.name(), ResourceView.NOTHING)) {
        case Resolution.Known known when known.value() instanceof ObjectNode policy ->
            read(template, resource, schema.orElseThrow(), policy, at);
        case Resolution.Known known when known.value().isNull() -> List.of();
        case Resolution.Known _ ->
            List.of(
                new Problem(
                    template.locatePolicy(resource.name(), List.of()),
                    at + "." + UPDATE_POLICY,
                    "update_policy must be a map",
                    Optional.empty()));
        case Resolution.Unknown _ -> List.of();
      };
    } catch (DocumentException refused) {
      return refused.problems();
    }
  }

  private static List<Problem> read(
      TemplateInstance template,
      ResourceDefinition resource,
      ResourceSchema schema,
      ObjectNode policy,
      String at) {
    PropertyReader reader =
        new PropertyReader(schema, at, inside -> template.locatePolicy(resource.name(), inside));
    reader.read(policy, Set.of());
    List<Problem> problems = new ArrayList<>();
    for (Problem problem : reader.problems()) {
      problems.add(
          new Problem(
              problem.location(),
              problem.path().replace(at + ".properties", at + "." + UPDATE_POLICY),
              problem.message(),
              problem.advice()));
    }
    return problems;
  }
}
