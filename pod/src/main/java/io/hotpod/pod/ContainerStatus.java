package io.hotpod.pod;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * The truth about one container, by the Kubernetes API reference (ContainerStatus).
 *
 * @param name as in the manifest; unique in the pod
 * @param state what it does now
 * @param lastTermination how the run before this one ended
 * @param ready its readiness probe succeeded, or it has none and runs; for an init container: it
 *     completed
 * @param started its startup probe succeeded, or it has none and runs
 * @param restarts how often it was started again
 * @param failures how many attempts in a row failed: starts that exited with an error, creations or
 *     pulls that were refused; 0 again once it has been ready for a while
 * @param image as the manifest names it
 * @param imageId digest of what really runs; empty until the image is there
 * @param containerId by the runtime; empty until the container is made
 * @param probe what the probe that fails now said last; empty when none fails
 * @param madeFrom the image that the runtime made the container from; empty until it is made, and
 *     when the agent does not say
 */
public record ContainerStatus(
    String name,
    ContainerState state,
    Optional<ContainerState.Terminated> lastTermination,
    boolean ready,
    boolean started,
    int restarts,
    int failures,
    String image,
    Optional<String> imageId,
    Optional<String> containerId,
    Optional<String> probe,
    Optional<ContainerImage> madeFrom) {
  /** A container of whose probes nothing is to be said. */
  public ContainerStatus(
      String name,
      ContainerState state,
      Optional<ContainerState.Terminated> lastTermination,
      boolean ready,
      boolean started,
      int restarts,
      int failures,
      String image,
      Optional<String> imageId,
      Optional<String> containerId) {
    this(
        name,
        state,
        lastTermination,
        ready,
        started,
        restarts,
        failures,
        image,
        imageId,
        containerId,
        Optional.empty(),
        Optional.empty());
  }

  public ContainerStatus {
    requireNonNull(name, "name is null");
    requireNonNull(state, "state is null");
    requireNonNull(lastTermination, "lastTermination is null");
    requireNonNull(image, "image is null");
    requireNonNull(imageId, "imageId is null");
    requireNonNull(containerId, "containerId is null");
    requireNonNull(probe, "probe is null");
    requireNonNull(madeFrom, "madeFrom is null");
  }

  /** The same with what a failing probe said. */
  public ContainerStatus probed(Optional<String> said) {
    return new ContainerStatus(
        name,
        state,
        lastTermination,
        ready,
        started,
        restarts,
        failures,
        image,
        imageId,
        containerId,
        said,
        madeFrom);
  }

  /** The same with the image that it was made from. */
  public ContainerStatus from(Optional<ContainerImage> made) {
    return new ContainerStatus(
        name,
        state,
        lastTermination,
        ready,
        started,
        restarts,
        failures,
        image,
        imageId,
        containerId,
        probe,
        made);
  }
}
