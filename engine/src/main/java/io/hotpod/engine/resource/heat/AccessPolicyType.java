package io.hotpod.engine.resource.heat;

import io.hotpod.engine.resource.Physical;
import io.hotpod.engine.resource.ResourceContext;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.template.schema.PropertyDefinition;
import io.hotpod.template.schema.PropertyType;
import io.hotpod.template.schema.ResourceSchema;
import java.util.List;
import java.util.Optional;

/**
 * {@code OS::Heat::AccessPolicy}: names resources that users made by a stack may look at. No type
 * here makes such users: the credentials of a machine are good for its own resource alone, so there
 * is nothing that a policy could open.
 */
public final class AccessPolicyType implements ResourceType {
  private static final ResourceSchema SCHEMA =
      ResourceSchema.of(
          "OS::Heat::AccessPolicy",
          "Names resources that users of the stack may look at. Machines see only what is their"
              + " own here, whatever it names.",
          List.of(
              PropertyDefinition.of(
                      "AllowedResources", PropertyType.LIST, "Resources that users can access.")
                  .ofEach(PropertyDefinition.each(PropertyType.STRING, "A resource."))
                  .mandatory()),
          List.of());

  @Override
  public ResourceSchema schema() {
    return SCHEMA;
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
