package io.hotpod.engine.resource.nested;

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
import io.hotpod.template.Template;
import io.hotpod.template.environment.Environment;
import io.hotpod.template.environment.MappedType;
import io.hotpod.template.schema.ResourceSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A template as the type of one resource: its parameters are the properties, its outputs the
 * attributes, and the resource is a stack of it.
 */
final class TemplateResourceType implements TemplatedStack {
  private final ResourceSchema schema;
  private final String resource;
  private final MappedType.Nested mapped;
  private final Template template;
  private final StackDefinition outer;
  private final InnerStacks innerStacks;
  private final InnerStackType physical;

  /**
   * @param type as the outer template names it
   * @param outer the definition that the resource stands in
   */
  TemplateResourceType(
      String type,
      String resource,
      MappedType.Nested mapped,
      Template template,
      StackDefinition outer,
      InnerStacks innerStacks) {
    this.schema =
        TemplateSchema.of(type, template, outer.environment().parameterDefaults().keySet());
    this.resource = resource;
    this.mapped = mapped;
    this.template = template;
    this.outer = outer;
    this.innerStacks = innerStacks;
    this.physical = new InnerStackType(innerStacks);
  }

  @Override
  public ResourceSchema schema() {
    return schema;
  }

  @Override
  public String implementation() {
    return InnerStackType.IMPLEMENTATION;
  }

  @Override
  public Optional<InnerStack> inner(
      ObjectNode properties, Set<String> unknown, ResourceFacade facade) {
    return Optional.of(new InnerStack(definition(properties, facade), unknown));
  }

  @Override
  public Optional<ResourceSchema> updatePolicy() {
    // The template can read whatever there is, by resource_facade.
    return Optional.of(ResourceSchema.anything(schema.type(), "What the template makes of it."));
  }

  private StackDefinition definition(ObjectNode properties, ResourceFacade facade) {
    Environment environment =
        outer.environment().within(resource, mapped, ChildParameters.of(properties));
    return new StackDefinition(
        "",
        mapped.template(),
        template.source().text(),
        outer.files(),
        environment,
        Optional.of(facade));
  }

  @Override
  public Decision decide(
      DecisionContext context,
      ResourceRecord existing,
      ObjectNode after,
      Set<String> unknown,
      ResourceFacade facade) {
    List<String> reasons =
        new ArrayList<>(decide(context, existing.properties(), after, unknown).reasons());
    Optional<Stack> stack = innerStacks.find(existing.id());
    if (stack.isEmpty()) {
      reasons.add("the stack inside is not there");
      return Decision.update(reasons);
    }
    StackDefinition before = innerStacks.definition(stack.orElseThrow());
    StackDefinition wanted = definition(after, facade);
    if (!before.template().equals(wanted.template())) {
      reasons.add("template %s changed".formatted(mapped.template()));
    }
    if (!before.files().equals(wanted.files())) {
      reasons.add("files changed");
    }
    if (!before.facade().equals(wanted.facade())) {
      reasons.add("metadata or policies changed");
    }
    if (!isSame(before.environment(), wanted.environment())) {
      reasons.add("environment changed");
    }
    innerStacks.unrest(stack.orElseThrow()).ifPresent(reasons::add);
    return reasons.isEmpty() ? Decision.NONE : Decision.update(reasons);
  }

  /** Parameters aside, which are the properties. */
  private static boolean isSame(Environment before, Environment after) {
    return before.parameterDefaults().equals(after.parameterDefaults())
        && before.registry().equals(after.registry());
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
  public String referenceId(ResourceRecord record) {
    return physical.referenceId(record);
  }

  @Override
  public Set<String> attributeNames(ResourceRecord record) {
    return physical.attributeNames(record);
  }

  @Override
  public Optional<JsonNode> attribute(ResourceRecord record, String name) {
    return physical.attribute(record, name);
  }
}
