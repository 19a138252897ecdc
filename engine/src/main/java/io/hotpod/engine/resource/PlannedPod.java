package io.hotpod.engine.resource;

import static java.util.Objects.requireNonNull;

import io.hotpod.pod.HostPorts;

/**
 * Where a pod is going to run, and what it takes there for itself.
 *
 * @param instanceId the instance
 * @param instance as the template names it
 * @param welcome whether the instance takes new pods
 */
public record PlannedPod(String instanceId, String instance, boolean welcome, HostPorts hostPorts) {
  public PlannedPod {
    requireNonNull(instanceId, "instanceId is null");
    requireNonNull(instance, "instance is null");
    requireNonNull(hostPorts, "hostPorts is null");
  }
}
