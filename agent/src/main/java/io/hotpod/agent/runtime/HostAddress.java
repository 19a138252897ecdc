package io.hotpod.agent.runtime;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;

/** The address that this machine uses towards others. */
public final class HostAddress {
  /** Reserved for documentation (RFC 5737): only the routing table is asked, nothing is sent. */
  private static final String ELSEWHERE = "192.0.2.1";

  private HostAddress() {}

  /** Empty text when the machine has no way out. */
  public static String find() {
    try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
      channel.connect(new InetSocketAddress(ELSEWHERE, 9));
      return channel.getLocalAddress() instanceof InetSocketAddress local
          ? local.getAddress().getHostAddress()
          : "";
    } catch (IOException e) {
      return "";
    }
  }
}
