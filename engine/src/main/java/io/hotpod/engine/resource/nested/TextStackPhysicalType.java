package io.hotpod.engine.resource.nested;

import io.hotpod.document.Location;
import io.hotpod.document.Problem;
import io.hotpod.engine.resource.Physical;
import io.hotpod.engine.resource.ResourceContext;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.engine.stack.Stack;
import io.hotpod.template.schema.ResourceSchema;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

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
  public List<Problem> validate(
      ObjectNode properties,
      Set<String> unknown,
      String path,
      Function<List<String>, Optional<Location>> locate) {
    return type.validate(properties, unknown, path, locate);
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
