package io.hotpod.engine.resource;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/**
 * Where a pod is going to run, and what it takes there for itself.
 *
 * @param instanceId the instance
 * @param instance as the template names it
 * @param welcome whether the instance takes new pods
 */
public record PlannedPod(
    String instanceId, String instance, boolean welcome, Set<HostPort> hostPorts) {
  public PlannedPod {
    requireNonNull(instanceId, "instanceId is null");
    requireNonNull(instance, "instance is null");
    hostPorts = Set.copyOf(hostPorts);
  }

  /**
   * A port of an instance.
   *
   * @param protocol such as {@code TCP}
   * @param address of the instance; empty for all of them
   */
  public record HostPort(int port, String protocol, String address) {
    public HostPort {
      requireNonNull(protocol, "protocol is null");
      requireNonNull(address, "address is null");
    }

    /** Whether only one of the two can be had. */
    public boolean collides(HostPort other) {
      return port == other.port
          && protocol.equals(other.protocol)
          && (address.isEmpty() || other.address.isEmpty() || address.equals(other.address));
    }

    @Override
    public String toString() {
      return port + "/" + protocol;
    }
  }
}
