package io.hotpod.engine.resource.nested;

import io.hotpod.engine.resource.Physical;
import io.hotpod.engine.resource.ResourceContext;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.engine.stack.Stack;
import io.hotpod.template.schema.ResourceSchema;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A stack of a template that was given as text, as far as the template around does not matter. */
final class TextStackPhysicalType implements ResourceType {
  private final TextStackType type;
  private final InnerStacks innerStacks;
  private final InnerStackType physical;

  TextStackPhysicalType(TextStackType type, InnerStacks innerStacks) {
    this.type = type;
    this.innerStacks = innerStacks;
    this.physical = new InnerStackType(innerStacks);
  }

  @Override
  public ResourceSchema schema() {
    return type.schema();
  }

  @Override
  public String implementation() {
    return GroupPhysicalType.implementation(type.schema().type());
  }

  @Override
  public boolean reachesOutside() {
    return false;
  }

  @Override
  public Physical create(ResourceContext context) {
    return type.create(context);
  }

  @Override
  public void delete(ResourceContext context) {
    physical.delete(context);
  }

  @Override
  public void suspend(ResourceContext context) {
    physical.suspend(context);
  }

  @Override
  public void resume(ResourceContext context) {
    physical.resume(context);
  }

  @Override
  public Optional<List<String>> check(ResourceContext context) {
    return physical.check(context);
  }

  @Override
  public Optional<JsonNode> attribute(ResourceRecord resource, String name) {
    return switch (name) {
      case "stack_name" ->
          innerStacks
              .find(resource.id())
              .map(Stack::name)
              .map(JsonNodeFactory.instance::stringNode);
      case "outputs" -> innerStacks.outputs(resource.id());
      default -> Optional.empty();
    };
  }
}
