package io.hotpod.agent.runtime.podman.libpod;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A body whose length is known. For one thread. */
final class MeasuredBody extends InputStream {
  private final InputStream input;
  private long left;

  MeasuredBody(InputStream input, long length) {
    this.input = input;
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left <= 0) {
      return -1;
    }
    int count = input.read(bytes, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw new EOFException("the connection ended within the answer");
    }
    left -= count;
    return count;
  }
}
