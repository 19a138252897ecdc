package io.hotpod.agent.runtime.podman.libpod;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A body that says itself where it ends, so that its connection must not end before. */
abstract class Body extends InputStream {
  private final InputStream input;

  Body(InputStream input) {
    this.input = input;
  }

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public abstract int read(byte[] bytes, int offset, int length) throws IOException;

  /** Reads some bytes of the connection that belong to the body. */
  final int take(byte[] bytes, int offset, int length) throws IOException {
    return there(input.read(bytes, offset, length));
  }

  /** Reads the next byte of the connection. */
  final int take() throws IOException {
    return there(input.read());
  }

  private static int there(int read) throws IOException {
    if (read < 0) {
      throw new EOFException("the connection ended within the answer");
    }
    return read;
  }
}
