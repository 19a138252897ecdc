package io.hotpod.agent.runtime;

import static java.util.Objects.requireNonNull;

import io.hotpod.pod.ModificationToken;

/** One pod on the machine: two contents of the same desired pod may stand side by side. */
public record PodKey(String podId, ModificationToken token) {
  public PodKey {
    requireNonNull(podId, "podId is null");
    requireNonNull(token, "token is null");
  }
}
