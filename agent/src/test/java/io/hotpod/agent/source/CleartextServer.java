package io.hotpod.agent.source;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Answers whatever comes first as a server without TLS does: with a line of HTTP. */
public final class CleartextServer implements AutoCloseable {
  private final ServerSocket socket;

  public CleartextServer() throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  /** Of the loopback interface. */
  public int port() {
    return socket.getLocalPort();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        int read = client.getInputStream().read(new byte[8192]);
        if (read > 0) {
          client
              .getOutputStream()
              .write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII));
        }
      } catch (IOException e) {
        // The client went, or this was closed.
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
