package io.hotpod.engine.resource.heat;

import io.hotpod.engine.resource.Decision;
import io.hotpod.engine.resource.DecisionContext;
import io.hotpod.engine.resource.Physical;
import io.hotpod.engine.resource.ResourceContext;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.template.schema.ResourceSchema;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code OS::Heat::None}: takes any property, does nothing, never changes. */
public final class NoneType implements ResourceType {
  private static final ResourceSchema SCHEMA =
      ResourceSchema.anything(
          "OS::Heat::None", "A resource which does nothing; other types can be mapped to it.");

  @Override
  public ResourceSchema schema() {
    return SCHEMA;
  }

  @Override
  public Decision decide(
      DecisionContext context, ObjectNode before, ObjectNode after, Set<String> unknown) {
    return Decision.NONE;
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
  public Physical update(ResourceContext context, ResourceRecord existing) {
    return Physical.of(context.resource().id());
  }

  @Override
  public Optional<JsonNode> attribute(ResourceRecord resource, String name) {
    return Optional.of(JsonNodeFactory.instance.nullNode());
  }
}
