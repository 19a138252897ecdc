package io.hotpod.pod;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * What an instance says of itself.
 *
 * @param hostname as the machine calls itself
 * @param agentVersion of the agent that reports
 * @param runtime {@code podman} or {@code kubelet}
 * @param runtimeVersion empty while the runtime does not answer
 * @param runtimeProblem why the runtime does not answer; empty when it does
 * @param capacity of the machine; empty when the agent does not say
 * @param clockSkewSeconds how far the instance's clock is ahead of the server's, as the server
 *     found with the last report; negative when it is behind
 */
public record InstanceFacts(
    String hostname,
    String agentVersion,
    String runtime,
    String runtimeVersion,
    String runtimeProblem,
    Optional<InstanceCapacity> capacity,
    Optional<Long> clockSkewSeconds) {
  /** Facts of an agent that says nothing of its machine. */
  public InstanceFacts(
      String hostname,
      String agentVersion,
      String runtime,
      String runtimeVersion,
      String runtimeProblem) {
    this(
        hostname,
        agentVersion,
        runtime,
        runtimeVersion,
        runtimeProblem,
        Optional.empty(),
        Optional.empty());
  }

  public InstanceFacts {
    requireNonNull(hostname, "hostname is null");
    requireNonNull(agentVersion, "agentVersion is null");
    requireNonNull(runtime, "runtime is null");
    requireNonNull(runtimeVersion, "runtimeVersion is null");
    requireNonNull(runtimeProblem, "runtimeProblem is null");
    requireNonNull(capacity, "capacity is null");
    requireNonNull(clockSkewSeconds, "clockSkewSeconds is null");
  }

  /** The same with what the instance has for pods. */
  public InstanceFacts with(InstanceCapacity found) {
    return new InstanceFacts(
        hostname,
        agentVersion,
        runtime,
        runtimeVersion,
        runtimeProblem,
        Optional.of(found),
        clockSkewSeconds);
  }

  /** The same with a clock that is ahead of the server's. */
  public InstanceFacts ahead(Duration skew) {
    return new InstanceFacts(
        hostname,
        agentVersion,
        runtime,
        runtimeVersion,
        runtimeProblem,
        capacity,
        Optional.of(skew.toSeconds()));
  }
}
