package io.hotpod.pod;

import static java.util.Objects.requireNonNull;

/**
 * One condition of a pod, by the Kubernetes API reference (PodCondition).
 *
 * @param type {@code PodScheduled}, {@code Initialized}, {@code ContainersReady}, {@code Ready}
 * @param reason may be empty
 * @param message may be empty
 */
public record PodCondition(String type, boolean status, String reason, String message) {
  public PodCondition {
    requireNonNull(type, "type is null");
    requireNonNull(reason, "reason is null");
    requireNonNull(message, "message is null");
  }
}
