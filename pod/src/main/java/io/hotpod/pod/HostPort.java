package io.hotpod.pod;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/**
 * A port of an instance that a pod takes for itself.
 *
 * @param port 1 to 65535
 * @param protocol such as {@code TCP}
 * @param address of the instance; empty for all of them
 */
public record HostPort(int port, String protocol, String address) {
  private static final Set<String> ALL = Set.of("0.0.0.0", "::");

  public HostPort {
    requireNonNull(protocol, "protocol is null");
    address = ALL.contains(address) ? "" : address;
  }

  /** Whether only one of the two can be had. */
  public boolean collides(HostPort other) {
    return port == other.port
        && protocol.equals(other.protocol)
        && (address.isEmpty() || other.address.isEmpty() || address.equals(other.address));
  }

  @Override
  public String toString() {
    return port + "/" + protocol + (address.isEmpty() ? "" : " of " + address);
  }
}
