package io.hotpod.engine.resource.nested;

import io.hotpod.engine.resource.Physical;
import io.hotpod.engine.resource.ResourceContext;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.engine.stack.Stack;
import io.hotpod.template.schema.ResourceSchema;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A stack of a template that was given as text, as far as the template around does not matter. */
final class TextStackPhysicalType implements StackHolder {
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
  public Physical create(ResourceContext context) {
    return type.create(context);
  }

  @Override
  public ResourceType inside() {
    return physical;
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
