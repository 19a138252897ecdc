package io.hotpod.engine;

import io.hotpod.engine.config.ConfigDocuments;
import io.hotpod.engine.config.SoftwareConfigs;
import io.hotpod.engine.config.SoftwareDeployments;
import io.hotpod.engine.instance.PodPlacement;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.engine.resource.heat.DeployedServerType;
import io.hotpod.engine.resource.heat.SoftwareConfigType;
import io.hotpod.engine.resource.heat.SoftwareDeploymentGroupType;
import io.hotpod.engine.resource.heat.SoftwareDeploymentType;
import io.hotpod.engine.resource.heat.UpdateWaitConditionHandleType;
import io.hotpod.engine.resource.heat.WaitConditionHandleType;
import io.hotpod.engine.resource.heat.WaitConditionType;
import io.hotpod.engine.resource.kubernetes.PodDeploymentType;
import io.hotpod.engine.signal.PublicAddress;
import io.hotpod.engine.signal.SignalAccess;
import io.hotpod.engine.signal.SignalStore;
import io.hotpod.engine.signal.SigningKey;
import io.hotpod.engine.store.Database;
import io.hotpod.engine.wake.Wakeups;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What machines need that run other software than an agent of ours. */
record SoftwareParts(
    SignalStore signals,
    SignalAccess access,
    SoftwareConfigs configs,
    SoftwareDeployments deployments,
    ConfigDocuments documents) {
  static SoftwareParts on(
      Database database, Wakeups wakeups, PublicAddress address, Random random) {
    SignalAccess access = new SignalAccess(database, new SigningKey(database, random), address);
    SoftwareDeployments deployments = new SoftwareDeployments(database, wakeups);
    return new SoftwareParts(
        new SignalStore(database),
        access,
        new SoftwareConfigs(database),
        deployments,
        new ConfigDocuments(deployments, access));
  }

  /**
   * The types that have to do with such machines.
   *
   * @param pods deploys what is a pod on an instance of this server
   */
  List<ResourceType> types(PodPlacement placement, PodDeploymentType pods) {
    List<ResourceType> types = new ArrayList<>();
    types.add(new WaitConditionHandleType(access, signals));
    types.add(new UpdateWaitConditionHandleType(access, signals));
    types.add(new WaitConditionType(signals));
    types.addAll(SoftwareConfigType.all(configs));
    types.addAll(SoftwareDeploymentType.all(configs, deployments, placement, pods));
    types.addAll(SoftwareDeploymentGroupType.all());
    types.add(new DeployedServerType(access, documents));
    return types;
  }
}
