package io.hotpod.server.instance;

import io.hotpod.engine.EngineException;
import io.hotpod.engine.ErrorCode;
import io.hotpod.engine.instance.Instance;
import io.hotpod.engine.instance.InstanceService;
import io.hotpod.engine.instance.PodRecord;
import io.hotpod.engine.stack.Caller;
import io.hotpod.server.http.ApiException;
import java.util.List;
import java.util.Optional;

/**
 * A container that its instance can be asked about.
 *
 * @param container its name; empty for a pod that does not say
 */
record RunningPod(PodRecord pod, Instance instance, String container) {
  /**
   * Finds it.
   *
   * @param container empty for the pod's only one
   * @param withoutIt what there is not while the pod is suspended, such as "it has no logs"
   * @param impossible what cannot be done while its instance is silent
   * @throws ApiException when there is no such container, or several and none was named
   * @throws EngineException when there is no such pod, or its instance is silent
   */
  static RunningPod find(
      InstanceService instances,
      Caller caller,
      String name,
      Optional<String> container,
      String withoutIt,
      String impossible) {
    PodRecord pod = instances.pod(caller, name);
    if (!pod.desired().run()) {
      throw new ApiException(
          409,
          "ActionNotComplete",
          "Pod %s/%s is suspended, so %s when its stack is resumed."
              .formatted(pod.stackName(), pod.resourceName(), withoutIt));
    }
    String chosen = container(pod, container);
    Instance instance = instances.find(caller, pod.instanceId());
    if (!instance.connected()) {
      throw new EngineException(
          ErrorCode.INSTANCE_UNREACHABLE,
          "Instance %s is not connected, so %s now.".formatted(instance.name(), impossible));
    }
    return new RunningPod(pod, instance, chosen);
  }

  private static String container(PodRecord pod, Optional<String> wanted) {
    List<String> containers = PodRecordJson.containers(pod);
    if (wanted.isPresent()) {
      if (!PodRecordJson.hasContainer(pod, wanted.get())) {
        throw new ApiException(
            404,
            "EntityNotFound",
            "The pod has no container %s; it has: %s."
                .formatted(wanted.get(), String.join(", ", containers)));
      }
      return wanted.get();
    }
    if (containers.size() > 1) {
      throw ApiException.badRequest(
          "The pod has several containers; name one of them: %s."
              .formatted(String.join(", ", containers)));
    }
    return containers.isEmpty() ? "" : containers.getFirst();
  }
}
