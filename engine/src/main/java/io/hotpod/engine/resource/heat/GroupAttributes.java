package io.hotpod.engine.resource.heat;

import io.hotpod.engine.resource.group.MemberView;
import io.hotpod.template.ResourceView;
import io.hotpod.template.schema.AttributeDefinition;
import io.hotpod.template.schema.PropertyType;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The attributes that all groups have. Pure. */
final class GroupAttributes {
  private static final String REFS = "refs";
  private static final String REFS_MAP = "refs_map";
  private static final String ATTRIBUTES = "attributes";

  static final List<AttributeDefinition> DEFINITIONS =
      List.of(
          AttributeDefinition.of(REFS, PropertyType.LIST, "The reference ids of the members."),
          AttributeDefinition.of(
              REFS_MAP, PropertyType.MAP, "The reference ids of the members by name."),
          AttributeDefinition.of(
              ATTRIBUTES,
              PropertyType.MAP,
              "One attribute of all members by name: [GROUP, attributes, ATTRIBUTE]."));

  private GroupAttributes() {}

  /** One of these, or else an attribute of all members as a list. */
  static Optional<JsonNode> of(MemberView members, String name, List<JsonNode> path) {
    return Optional.of(
        switch (name) {
          case REFS -> ResourceView.inside(members.references(), path);
          case REFS_MAP -> ResourceView.inside(members.referencesByName(), path);
          case ATTRIBUTES -> members.attributesByName(path);
          default -> members.attributes(name, path);
        });
  }
}
