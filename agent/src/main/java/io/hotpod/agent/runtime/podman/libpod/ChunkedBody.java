package io.hotpod.agent.runtime.podman.libpod;

import java.io.IOException;
import java.io.InputStream;

/**
 * A body in chunks, by RFC 9112 section 7.1: so Podman sends what it does not know the length of.
 * Hands over what is there without waiting for the rest. For one thread.
 */
final class ChunkedBody extends Body {
  private static final int LONGEST_LINE = 1024;

  private long left;
  private boolean begun;
  private boolean ended;

  ChunkedBody(InputStream input) {
    super(input);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left == 0 && !ended) {
      nextChunk();
    }
    if (ended) {
      return -1;
    }
    int count = take(bytes, offset, (int) Math.min(length, left));
    left -= count;
    return count;
  }

  private void nextChunk() throws IOException {
    if (begun && !line().isEmpty()) {
      throw new IOException("the answer is not in chunks as it says");
    }
    begun = true;
    String size = line();
    int extension = size.indexOf(';');
    try {
      left = Long.parseLong((extension < 0 ? size : size.substring(0, extension)).strip(), 16);
    } catch (NumberFormatException e) {
      throw new IOException("the answer is not in chunks as it says", e);
    }
    if (left < 0) {
      throw new IOException("the answer is not in chunks as it says");
    }
    // What follows the last one are trailers, and nobody reads on.
    ended = left == 0;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder(8);
    for (int each = take(); each != '\n'; each = take()) {
      if (line.length() > LONGEST_LINE) {
        throw new IOException("the answer is not in chunks as it says");
      }
      if (each != '\r') {
        line.append((char) each);
      }
    }
    return line.toString();
  }
}
