package io.hotpod.server.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Looks up the addresses of a host. */
@FunctionalInterface
interface NameResolver {
  /** By the means of the machine. */
  NameResolver SYSTEM = host -> List.of(InetAddress.getAllByName(host));

  /**
   * @throws UnknownHostException when there is no such host
   */
  List<InetAddress> addresses(String host) throws UnknownHostException;
}
