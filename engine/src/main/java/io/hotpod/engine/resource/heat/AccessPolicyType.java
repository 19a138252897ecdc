package io.hotpod.engine.resource.heat;

import io.hotpod.document.Location;
import io.hotpod.document.Problem;
import io.hotpod.document.Suggestions;
import io.hotpod.engine.resource.Physical;
import io.hotpod.engine.resource.ResourceContext;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.template.schema.PropertyDefinition;
import io.hotpod.template.schema.PropertyType;
import io.hotpod.template.schema.ResourceSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code OS::Heat::AccessPolicy}: names resources that users made by a stack may look at. No type
 * here makes such users: the credentials of a machine are good for its own resource alone, so there
 * is nothing that a policy could open.
 */
public final class AccessPolicyType implements ResourceType {
  private static final String ALLOWED = "AllowedResources";
  private static final ResourceSchema SCHEMA =
      ResourceSchema.of(
          "OS::Heat::AccessPolicy",
          "Names resources that users of the stack may look at. Machines see only what is their"
              + " own here, whatever it names.",
          List.of(
              PropertyDefinition.of(ALLOWED, PropertyType.LIST, "Resources that users can access.")
                  .ofEach(PropertyDefinition.each(PropertyType.STRING, "A resource."))
                  .mandatory()),
          List.of());

  @Override
  public ResourceSchema schema() {
    return SCHEMA;
  }

  @Override
  public List<Problem> validateAmong(
      Set<String> resources,
      ObjectNode properties,
      String path,
      Function<List<String>, Optional<Location>> locate) {
    List<Problem> problems = new ArrayList<>();
    JsonNode names = properties.path(ALLOWED);
    for (int i = 0; i < names.size(); i++) {
      String name = names.path(i).asString("");
      if (!resources.contains(name)) {
        problems.add(
            new Problem(
                locate.apply(List.of(ALLOWED, "" + i)),
                "%s.properties.%s.%d".formatted(path, ALLOWED, i),
                "AccessPolicy resource %s not in stack".formatted(name),
                Suggestions.nearest(name, resources)
                    .map(nearest -> "did you mean " + nearest + "?")));
      }
    }
    return problems;
  }

  @Override
  public boolean reachesOutside() {
    return false;
  }

  @Override
  public Physical create(ResourceContext context) {
    return Physical.of(context.resource().id());
  }

  @Override
  public Optional<List<String>> check(ResourceContext context) {
    return Optional.of(List.of());
  }
}
