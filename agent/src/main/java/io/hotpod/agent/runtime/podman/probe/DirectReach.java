package io.hotpod.agent.runtime.podman.probe;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** From where the agent itself stands, as root's pods are reached, and hosts that a probe names. */
record DirectReach(String host) implements PodReach {
  @Override
  public Socket connect(int port, Duration longest) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(host, port), Math.max(1, (int) longest.toMillis()));
      return socket;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }
}
