package io.hotpod.engine;

import io.hotpod.engine.resource.ResourceType;
import io.hotpod.engine.resource.group.GroupScaling;
import io.hotpod.engine.resource.heat.AccessPolicyType;
import io.hotpod.engine.resource.heat.AutoScalingGroupType;
import io.hotpod.engine.resource.heat.DelayType;
import io.hotpod.engine.resource.heat.ResourceChainType;
import io.hotpod.engine.resource.heat.ResourceGroupType;
import io.hotpod.engine.resource.heat.ScalingPolicyType;
import io.hotpod.engine.resource.kubernetes.PodDeploymentGroupType;
import io.hotpod.engine.resource.kubernetes.PodDeploymentType;
import io.hotpod.engine.resource.nested.TextStackType;
import io.hotpod.engine.signal.SignalAccess;
import java.util.List;
import java.util.Random;

/** The types that are made of other resources, and small ones beside them. */
final class GroupTypes {
  private GroupTypes() {}

  static List<ResourceType> of(
      PodDeploymentType pods, SignalAccess access, GroupScaling scaling, Random random) {
    return List.of(
        new DelayType(random),
        new ResourceGroupType(),
        new ResourceChainType(),
        new AutoScalingGroupType(),
        new ScalingPolicyType(access, scaling),
        new TextStackType(),
        new AccessPolicyType(),
        new PodDeploymentGroupType(pods));
  }
}
