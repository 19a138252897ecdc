package io.hotpod.engine.resource.nested;

import io.hotpod.engine.resource.Physical;
import io.hotpod.engine.resource.ResourceContext;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.engine.resource.group.GroupType;
import io.hotpod.template.schema.ResourceSchema;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A group that exists, as far as the template around it does not matter. */
final class GroupPhysicalType implements StackHolder {
  private static final String PREFIX = ResourceRecord.TEMPLATE + " ";
  private static final String MEMBER = "resource.";

  private final GroupType group;
  private final InnerStackType physical;
  private final InnerStacks innerStacks;

  GroupPhysicalType(GroupType group, InnerStacks innerStacks) {
    this.group = group;
    this.innerStacks = innerStacks;
    this.physical = new InnerStackType(innerStacks);
  }

  /** How resources of a type of groups are known. */
  static String implementation(String type) {
    return PREFIX + type;
  }

  /** The type of the groups that are known so; empty for what is no group. */
  static Optional<String> type(String implementation) {
    return implementation.startsWith(PREFIX)
        ? Optional.of(implementation.substring(PREFIX.length()))
        : Optional.empty();
  }

  @Override
  public ResourceSchema schema() {
    return group.schema();
  }

  @Override
  public String implementation() {
    return implementation(group.schema().type());
  }

  @Override
  public Physical create(ResourceContext context) {
    return group.create(context);
  }

  @Override
  public ResourceType inside() {
    return physical;
  }

  @Override
  public String referenceId(ResourceRecord resource) {
    return physical.referenceId(resource);
  }

  @Override
  public Optional<JsonNode> attribute(ResourceRecord resource, String name) {
    return attribute(resource, name, List.of());
  }

  @Override
  public Optional<JsonNode> attribute(ResourceRecord resource, String name, List<JsonNode> path) {
    if (resource.physicalId().isEmpty()) {
      return Optional.empty();
    }
    return name.startsWith(MEMBER)
        ? innerStacks.ofResource(resource.id(), name.substring(MEMBER.length()), path)
        : group.attribute(innerStacks.members(resource), name, path);
  }
}
