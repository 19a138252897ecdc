package io.hotpod.pod;

import io.fabric8.kubernetes.api.model.Pod;

/** Which ended containers are started again, by the Kubernetes API reference (PodSpec). */
public enum RestartPolicy {
  ALWAYS,
  ON_FAILURE,
  NEVER;

  /**
   * The policy of a normalised pod.
   *
   * @throws IllegalArgumentException when the pod has another one than Kubernetes knows
   */
  public static RestartPolicy of(Pod pod) {
    String policy = pod.getSpec().getRestartPolicy();
    return switch (policy) {
      case "Always" -> ALWAYS;
      case "OnFailure" -> ON_FAILURE;
      case "Never" -> NEVER;
      case null, default -> throw new IllegalArgumentException("no restart policy: " + policy);
    };
  }
}
