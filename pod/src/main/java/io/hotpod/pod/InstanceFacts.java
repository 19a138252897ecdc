package io.hotpod.pod;

import static java.util.Objects.requireNonNull;

/**
 * What an instance says of itself.
 *
 * @param hostname as the machine calls itself
 * @param agentVersion of the agent that reports
 * @param runtime {@code podman} or {@code kubelet}
 * @param runtimeVersion empty while the runtime does not answer
 * @param runtimeProblem why the runtime does not answer; empty when it does
 */
public record InstanceFacts(
    String hostname,
    String agentVersion,
    String runtime,
    String runtimeVersion,
    String runtimeProblem) {
  public InstanceFacts {
    requireNonNull(hostname, "hostname is null");
    requireNonNull(agentVersion, "agentVersion is null");
    requireNonNull(runtime, "runtime is null");
    requireNonNull(runtimeVersion, "runtimeVersion is null");
    requireNonNull(runtimeProblem, "runtimeProblem is null");
  }
}
