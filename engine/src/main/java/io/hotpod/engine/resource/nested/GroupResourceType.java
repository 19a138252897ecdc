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
import io.hotpod.engine.resource.group.GroupState;
import io.hotpod.engine.resource.group.GroupType;
import io.hotpod.engine.resource.group.Member;
import io.hotpod.engine.resource.group.MemberTemplate;
import io.hotpod.engine.stack.AdoptedResources;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackDefinition;
import io.hotpod.template.ResourceFacade;
import io.hotpod.template.schema.ResourceSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A group as the type of one resource: a stack whose template is made of the properties. */
final class GroupResourceType implements TemplatedStack {
  private final GroupType group;
  private final String resource;
  private final StackDefinition outer;
  private final InnerStacks innerStacks;
  private final GroupPhysicalType physical;

  /**
   * @param outer the definition that the resource stands in
   */
  GroupResourceType(
      GroupType group, String resource, StackDefinition outer, InnerStacks innerStacks) {
    this.group = group;
    this.resource = resource;
    this.outer = outer;
    this.innerStacks = innerStacks;
    this.physical = new GroupPhysicalType(group, innerStacks);
  }

  @Override
  public ResourceSchema schema() {
    return group.schema();
  }

  @Override
  public String implementation() {
    return physical.implementation();
  }

  @Override
  public Optional<ResourceSchema> updatePolicy() {
    return group.updatePolicy();
  }

  @Override
  public List<Problem> validate(
      ObjectNode properties,
      Set<String> unknown,
      String path,
      Function<List<String>, Optional<Location>> locate) {
    return group.validate(properties, unknown, path, locate);
  }

  @Override
  public Optional<InnerStack> inner(
      ObjectNode properties, Set<String> unknown, ResourceFacade facade) {
    return inner(GroupState.NOTHING, properties, unknown, facade);
  }

  @Override
  public Optional<InnerStack> inner(
      ResourceRecord existing, ObjectNode properties, Set<String> unknown, ResourceFacade facade) {
    return inner(innerStacks.group(existing, false), properties, unknown, facade);
  }

  private Optional<InnerStack> inner(
      GroupState before, ObjectNode properties, Set<String> unknown, ResourceFacade facade) {
    if (!group.isForeseeable(unknown)) {
      return Optional.empty();
    }
    GroupState present = before.remembering(group.remember(before, properties));
    Map<String, JsonNode> members = group.foreseen(present, properties, unknown, facade);
    Map<String, JsonNode> passing =
        unknown.isEmpty() ? group.passing(present, properties, facade) : Map.of();
    return Optional.of(
        new InnerStack(
            definition(members, unknown, facade),
            unknown.stream()
                .map(MemberTemplate::parameter)
                .collect(java.util.stream.Collectors.toSet()),
            Optional.of(group::origin),
            passing.isEmpty()
                ? Optional.empty()
                : Optional.of(definition(passing, Set.of(), facade))));
  }

  private StackDefinition definition(
      Map<String, JsonNode> members, Set<String> unknown, ResourceFacade facade) {
    return new StackDefinition(
        "",
        "members of " + resource,
        MemberTemplate.write(members, unknown),
        outer.files(),
        outer.environment().within(resource),
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
    if (plain.kind() == Decision.Kind.REPLACE) {
      return new Decision(plain.kind(), plain.reasons(), runsPod());
    }
    List<String> reasons = new ArrayList<>(plain.reasons());
    Optional<Stack> stack = innerStacks.find(existing.id());
    if (stack.isEmpty()) {
      reasons.add("the stack inside is not there");
      return Decision.update(reasons);
    }
    StackDefinition before = innerStacks.definition(stack.orElseThrow());
    Optional<StackDefinition> wanted =
        unknown.isEmpty()
            ? inner(existing, after, unknown, facade).map(InnerStack::definition)
            : Optional.empty();
    if (reasons.isEmpty()
        && wanted.map(each -> !each.template().equals(before.template())).orElse(false)) {
      reasons.add("members differ from what they should be");
    }
    if (!before.files().equals(outer.files())) {
      reasons.add("files changed");
    }
    if (!before.facade().equals(Optional.of(facade))) {
      reasons.add("metadata or policies changed");
    }
    if (wanted.map(each -> !each.environment().equals(before.environment())).orElse(false)) {
      reasons.add("environment changed");
    }
    innerStacks.unrest(stack.orElseThrow()).ifPresent(reasons::add);
    return reasons.isEmpty() ? Decision.NONE : Decision.update(reasons);
  }

  @Override
  public Decision decide(
      DecisionContext context, ObjectNode before, ObjectNode after, Set<String> unknown) {
    return group.decide(context, before, after, unknown);
  }

  @Override
  public ResourceType inside() {
    return physical;
  }

  /** With the members that there are: whoever scaled the group wanted it so. */
  @Override
  public Physical takeIn(ResourceContext context) {
    ResourceRecord resource = context.resource();
    ObjectNode properties = context.properties();
    List<Member> members = new ArrayList<>();
    for (String name : AdoptedResources.inside(resource).path("resources").propertyNames()) {
      members.add(
          new Member(name, JsonNodeFactory.instance.objectNode(), resource.createdAt(), false));
    }
    // Which names are gone for good is as it was remembered; an update works that out anew.
    GroupState present =
        new GroupState(
            members, AdoptedResources.memory(resource), reference -> Optional.empty(), true);
    context
        .nested()
        .adopt(
            definition(
                group.adopted(present, properties, context.facade()), Set.of(), context.facade()));
    return new Physical(resource.id(), present.memory());
  }

  @Override
  public Physical converge(ResourceContext context) {
    return new GroupConvergence(
            group, innerStacks, context, members -> definition(members, Set.of(), context.facade()))
        .run();
  }

  @Override
  public String referenceId(ResourceRecord record) {
    return physical.referenceId(record);
  }

  @Override
  public Optional<JsonNode> attribute(ResourceRecord record, String name) {
    return physical.attribute(record, name);
  }

  @Override
  public Optional<JsonNode> attribute(ResourceRecord record, String name, List<JsonNode> path) {
    return physical.attribute(record, name, path);
  }
}
