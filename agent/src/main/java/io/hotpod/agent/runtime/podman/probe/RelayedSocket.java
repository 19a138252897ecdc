package io.hotpod.agent.runtime.podman.probe;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** A connection that a process holds, whose input and output are handed on. */
final class RelayedSocket extends Socket {
  private final Process relay;
  private volatile boolean closed;

  RelayedSocket(Process relay) {
    this.relay = relay;
  }

  @Override
  public InputStream getInputStream() {
    return relay.getInputStream();
  }

  @Override
  public OutputStream getOutputStream() {
    return new FilterOutputStream(relay.getOutputStream()) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        out.flush();
      }
    };
  }

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public void close() throws IOException {
    closed = true;
    relay.destroyForcibly();
    try {
      // What it left behind to write ends with this.
      relay.getOutputStream().close();
    } finally {
      relay.getInputStream().close();
      relay.getErrorStream().close();
    }
  }
}
