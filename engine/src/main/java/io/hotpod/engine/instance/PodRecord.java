package io.hotpod.engine.instance;

import static java.util.Objects.requireNonNull;

import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.ObservedPod;
import java.time.Instant;
import java.util.Optional;

/**
 * A pod of a project, as desired and as observed.
 *
 * @param stackName of the stack that wants it
 * @param resourceName of the deployment that wants it
 * @param desired its secrets are left out
 * @param observed what its instance last reported of it
 * @param silentSince when that was, if the instance has not been heard of for too long since
 */
public record PodRecord(
    String id,
    String instanceId,
    String instanceName,
    String stackId,
    String stackName,
    String resourceName,
    DesiredPod desired,
    Optional<ObservedPod> observed,
    Optional<Instant> silentSince) {
  public PodRecord {
    requireNonNull(id, "id is null");
    requireNonNull(instanceId, "instanceId is null");
    requireNonNull(instanceName, "instanceName is null");
    requireNonNull(stackId, "stackId is null");
    requireNonNull(stackName, "stackName is null");
    requireNonNull(resourceName, "resourceName is null");
    requireNonNull(desired, "desired is null");
    requireNonNull(observed, "observed is null");
    requireNonNull(silentSince, "silentSince is null");
  }
}
