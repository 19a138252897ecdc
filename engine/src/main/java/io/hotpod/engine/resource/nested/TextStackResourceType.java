package io.hotpod.engine.resource.nested;

import io.hotpod.document.Location;
import io.hotpod.document.Problem;
import io.hotpod.engine.resource.Decision;
import io.hotpod.engine.resource.DecisionContext;
import io.hotpod.engine.resource.InnerStack;
import io.hotpod.engine.resource.Physical;
import io.hotpod.engine.resource.ResourceContext;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackDefinition;
import io.hotpod.template.ResourceFacade;
import io.hotpod.template.schema.ResourceSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A stack of a template that is given as text, as the type of one resource. */
final class TextStackResourceType implements TemplatedStack {
  private final InnerStacks innerStacks;
  private final TextStackPhysicalType physical;
  private final String resource;
  private final StackDefinition outer;

  /**
   * @param outer the definition that the resource stands in
   */
  TextStackResourceType(
      TextStackType type, InnerStacks innerStacks, String resource, StackDefinition outer) {
    this.innerStacks = innerStacks;
    this.physical = new TextStackPhysicalType(type, innerStacks);
    this.resource = resource;
    this.outer = outer;
  }

  @Override
  public ResourceSchema schema() {
    return physical.schema();
  }

  @Override
  public String implementation() {
    return physical.implementation();
  }

  @Override
  public List<Problem> validate(
      ObjectNode properties,
      Set<String> unknown,
      String path,
      Function<List<String>, Optional<Location>> locate) {
    return physical.validate(properties, unknown, path, locate);
  }

  @Override
  public Optional<InnerStack> inner(
      ObjectNode properties, Set<String> unknown, ResourceFacade facade) {
    return unknown.isEmpty()
        ? Optional.of(new InnerStack(definition(properties, facade), Set.of()))
        : Optional.empty();
  }

  private StackDefinition definition(ObjectNode properties, ResourceFacade facade) {
    Map<String, JsonNode> parameters = new LinkedHashMap<>();
    properties
        .path(TextStackType.PARAMETERS)
        .propertyStream()
        .forEach(entry -> parameters.put(entry.getKey(), entry.getValue()));
    return new StackDefinition(
        "",
        "template of " + resource,
        properties.path(TextStackType.TEMPLATE).asString(""),
        outer.files(),
        outer.environment().within(resource).withParameters(parameters),
        Optional.of(facade));
  }

  @Override
  public Decision decide(
      DecisionContext context,
      ResourceRecord existing,
      ObjectNode after,
      Set<String> unknown,
      ResourceFacade facade) {
    Decision plain = decide(context, existing.properties(), after, unknown);
    List<String> reasons = new ArrayList<>(plain.reasons());
    Optional<Stack> stack = innerStacks.find(existing.id());
    if (stack.isEmpty()) {
      reasons.add("the stack inside is not there");
      return Decision.update(reasons);
    }
    StackDefinition before = innerStacks.definition(stack.orElseThrow());
    StackDefinition wanted = definition(after, facade);
    if (!before.files().equals(wanted.files())) {
      reasons.add("files changed");
    }
    if (!before.facade().equals(wanted.facade())) {
      reasons.add("metadata or policies changed");
    }
    if (!before
        .environment()
        .withParameters(Map.of())
        .equals(wanted.environment().withParameters(Map.of()))) {
      reasons.add("environment changed");
    }
    innerStacks.unrest(stack.orElseThrow()).ifPresent(reasons::add);
    return reasons.isEmpty() ? Decision.NONE : Decision.update(reasons);
  }

  @Override
  public ResourceType inside() {
    return physical;
  }

  @Override
  public Physical takeIn(ResourceContext context) {
    context.nested().adopt(definition(context.properties(), context.facade()));
    return Physical.of(context.resource().id());
  }

  @Override
  public Physical converge(ResourceContext context) {
    if (context.nested().restore().isEmpty()) {
      context.nested().converge(definition(context.properties(), context.facade()));
    }
    return Physical.of(context.resource().id());
  }

  @Override
  public Optional<JsonNode> attribute(ResourceRecord record, String name) {
    return physical.attribute(record, name);
  }
}
