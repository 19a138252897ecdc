package io.hotpod.engine.resource.heat;

import io.hotpod.engine.resource.group.GroupType;
import io.hotpod.engine.resource.group.Policies;
import io.hotpod.engine.resource.group.ServerGroup;
import io.hotpod.template.schema.ResourceSchema;
import java.util.List;

/**
 * {@code OS::Heat::SoftwareDeploymentGroup} and {@code OS::Heat::StructuredDeploymentGroup}: the
 * same config on several machines. Each is a deployment of its own, named as in {@code servers}.
 */
public final class SoftwareDeploymentGroupType implements ServerGroup {
  private final ResourceSchema member;
  private final ResourceSchema schema;
  private final ResourceSchema policies;

  private SoftwareDeploymentGroupType(String memberType, String description, boolean structured) {
    this.member = DeploymentProperties.schema(memberType, description, structured);
    this.schema =
        ResourceSchema.of(
                memberType + "Group",
                description,
                ServerGroup.properties(
                    member, "Ids of the machines, by server name.", "A machine."),
                ServerGroup.ends("The status code of each."))
            .withAnyAttribute();
    this.policies = Policies.schema(schema.type(), false);
  }

  /** Both types. */
  public static List<GroupType> all() {
    return List.of(
        new SoftwareDeploymentGroupType(
            "OS::Heat::SoftwareDeployment",
            "A software config on each of several machines.",
            false),
        new SoftwareDeploymentGroupType(
            "OS::Heat::StructuredDeployment",
            "A structured config on each of several machines.",
            true));
  }

  @Override
  public ResourceSchema schema() {
    return schema;
  }

  @Override
  public ResourceSchema member() {
    return member;
  }

  @Override
  public ResourceSchema policies() {
    return policies;
  }
}
