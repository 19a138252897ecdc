package io.hotpod.agent.runtime;

import static java.util.Objects.requireNonNull;

/**
 * Why what a pod needs cannot be brought to the machine, for now.
 *
 * @param reason as a kubelet names it, such as {@code ErrImagePull}
 * @param message for people
 */
public record Shortfall(String reason, String message) {
  public Shortfall {
    requireNonNull(reason, "reason is null");
    requireNonNull(message, "message is null");
  }
}
