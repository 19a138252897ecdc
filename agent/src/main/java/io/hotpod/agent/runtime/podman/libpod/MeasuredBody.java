package io.hotpod.agent.runtime.podman.libpod;

import java.io.IOException;
import java.io.InputStream;

/** A body whose length is known. For one thread. */
final class MeasuredBody extends Body {
  private long left;

  MeasuredBody(InputStream input, long length) {
    super(input);
    this.left = length;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left <= 0) {
      return -1;
    }
    int count = take(bytes, offset, (int) Math.min(length, left));
    left -= count;
    return count;
  }
}
