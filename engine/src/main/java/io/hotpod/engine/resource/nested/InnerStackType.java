package io.hotpod.engine.resource.nested;

import io.hotpod.engine.resource.Physical;
import io.hotpod.engine.resource.ResourceContext;
import io.hotpod.engine.resource.ResourceFailure;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.engine.stack.Action;
import io.hotpod.template.schema.ResourceSchema;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A stack inside a resource, as far as its template does not matter: it can go, stop, start, be
 * checked and be asked.
 */
final class InnerStackType implements ResourceType {
  /** All templates are one implementation: a resource whose template changes is updated. */
  static final String IMPLEMENTATION = ResourceRecord.TEMPLATE;

  private static final String STACK_ID_OUTPUT = "OS::stack_id";
  private static final ResourceSchema SCHEMA =
      ResourceSchema.anything(IMPLEMENTATION, "A stack inside a resource.");

  private final InnerStacks innerStacks;

  InnerStackType(InnerStacks innerStacks) {
    this.innerStacks = innerStacks;
  }

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
    throw new ResourceFailure("the template of this resource is not known");
  }

  @Override
  public void delete(ResourceContext context) {
    context.nested().delete();
  }

  @Override
  public void suspend(ResourceContext context) {
    context.nested().act(Action.SUSPEND);
  }

  @Override
  public void resume(ResourceContext context) {
    context.nested().act(Action.RESUME);
  }

  @Override
  public Optional<List<String>> check(ResourceContext context) {
    context.nested().act(Action.CHECK);
    return Optional.of(List.of());
  }

  @Override
  public ObjectNode snapshot(ResourceContext context) {
    return context.nested().snapshot();
  }

  @Override
  public String referenceId(ResourceRecord resource) {
    if (resource.physicalId().isEmpty()) {
      return resource.name();
    }
    String id = resource.physicalId().orElseThrow();
    return innerStacks
        .output(id, STACK_ID_OUTPUT)
        .filter(JsonNode::isString)
        .map(JsonNode::stringValue)
        .or(() -> innerStacks.resourceName(id))
        .orElse(id);
  }

  @Override
  public Set<String> attributeNames(ResourceRecord resource) {
    return resource.physicalId().map(innerStacks::outputNames).orElse(Set.of());
  }

  @Override
  public Optional<JsonNode> attribute(ResourceRecord resource, String name) {
    return resource.physicalId().flatMap(id -> innerStacks.attribute(id, name));
  }
}
