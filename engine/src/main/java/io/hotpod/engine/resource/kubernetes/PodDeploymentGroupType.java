package io.hotpod.engine.resource.kubernetes;

import io.hotpod.document.Location;
import io.hotpod.document.Problem;
import io.hotpod.engine.resource.group.MemberView;
import io.hotpod.engine.resource.group.Policies;
import io.hotpod.engine.resource.group.ServerGroup;
import io.hotpod.template.ResourceView;
import io.hotpod.template.schema.AttributeDefinition;
import io.hotpod.template.schema.ResourceSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code OS::Kubernetes::PodDeploymentGroup}: the same pod on several instances. Each is a pod
 * deployment of its own, named as in {@code servers}.
 */
public final class PodDeploymentGroupType implements ServerGroup {
  private static final String NAME = "OS::Kubernetes::PodDeploymentGroup";
  private static final ResourceSchema POLICIES = Policies.schema(NAME, false);

  private final PodDeploymentType member;
  private final ResourceSchema schema;

  /**
   * @param member the type of the members
   */
  public PodDeploymentGroupType(PodDeploymentType member) {
    this.member = member;
    this.schema =
        ResourceSchema.of(
                NAME,
                "A pod on each of several instances, for as long as the stack wants it.",
                ServerGroup.properties(
                    member.schema(),
                    "Names or ids of the instances, by server name.",
                    "An instance."),
                attributes())
            .withAnyAttribute();
  }

  private static List<AttributeDefinition> attributes() {
    List<AttributeDefinition> attributes =
        new ArrayList<>(
            List.of(
                ServerGroup.byName("phase", "The phase of each pod by server name."),
                ServerGroup.byName("pod_ip", "The address of each pod by server name."),
                ServerGroup.byName("host_ip", "The address of each instance by server name."),
                ServerGroup.byName("containers", "The containers of each pod by server name."),
                ServerGroup.byName(
                    "modification_token", "The modification of each by server name.")));
    attributes.addAll(ServerGroup.ends("The exit code of each."));
    return attributes;
  }

  @Override
  public ResourceSchema schema() {
    return schema;
  }

  @Override
  public boolean runsPod() {
    return true;
  }

  @Override
  public ResourceSchema member() {
    return member.schema();
  }

  @Override
  public ResourceSchema policies() {
    return POLICIES;
  }

  @Override
  public List<Problem> validate(
      ObjectNode properties,
      Set<String> unknown,
      String path,
      Function<List<String>, Optional<Location>> locate) {
    return member.validate(properties, unknown, path, locate);
  }

  @Override
  public Optional<JsonNode> attribute(MemberView members, String name, List<JsonNode> path) {
    return switch (name) {
      case "refs" -> Optional.of(ResourceView.inside(members.references(), path));
      case "refs_map" -> Optional.of(ResourceView.inside(members.referencesByName(), path));
      case "attributes" -> Optional.of(members.attributesByName(path));
      default -> ServerGroup.super.attribute(members, name, path);
    };
  }
}
