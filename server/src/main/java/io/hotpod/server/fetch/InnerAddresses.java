package io.hotpod.server.fetch;

import java.net.Inet6Address;
import java.net.InetAddress;

/** Addresses that do not belong to the world: this machine's, its network's, and reserved ones. */
final class InnerAddresses {
  private InnerAddresses() {}

  static boolean isInner(InetAddress address) {
    return address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()
        || (address instanceof Inet6Address
            ? isInner6(address.getAddress())
            : isInner4(address.getAddress()));
  }

  private static boolean isInner4(byte[] bytes) {
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    return first == 0
        || first >= 240
        // Shared by providers, protocol assignments, and benchmarks.
        || (first == 100 && second >= 64 && second < 128)
        || (first == 192 && second == 0 && bytes[2] == 0)
        || (first == 198 && (second == 18 || second == 19));
  }

  private static boolean isInner6(byte[] bytes) {
    int first = (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
    boolean unique = (first & 0xfe00) == 0xfc00;
    // These carry an IPv4 address inside, or lead through a gateway to one.
    boolean mapped = first == 0 || first == 0x0064 || first == 0x2002;
    boolean teredo = first == 0x2001 && bytes[2] == 0 && bytes[3] == 0;
    return unique || mapped || teredo;
  }
}
