package io.hotpod.server.http;

import io.helidon.common.socket.PeerInfo;
import java.net.InetSocketAddress;

/** The address of whoever sent a request: that of the last proxy, if there are any. */
public final class PeerAddress {
  private PeerAddress() {}

  /**
   * The address in digits. Its name is not asked for: that would be a question to a name server for
   * each connection, and whoever owns the address decides what it answers.
   *
   * @param peer the other end of a TCP connection
   */
  public static String of(PeerInfo peer) {
    return peer.address() instanceof InetSocketAddress address && address.getAddress() != null
        ? address.getAddress().getHostAddress()
        : peer.host();
  }
}
