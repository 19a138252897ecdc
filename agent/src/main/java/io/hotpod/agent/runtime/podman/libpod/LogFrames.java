package io.hotpod.agent.runtime.podman.libpod;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Podman's framing of output: a header of eight bytes, whose last four are the length. */
public final class LogFrames {
  private static final int HEADER = 8;

  private LogFrames() {}

  /** Copies the payload of all frames; an incomplete last frame is copied as far as it goes. */
  static void copy(InputStream frames, OutputStream output) throws IOException {
    byte[] buffer = new byte[8192];
    for (; ; ) {
      byte[] header = frames.readNBytes(HEADER);
      if (header.length < HEADER) {
        return;
      }
      long left = length(header);
      while (left > 0) {
        int length = frames.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (length < 0) {
          return;
        }
        output.write(buffer, 0, length);
        left -= length;
      }
      output.flush();
    }
  }

  /** The length of the payload, by a header. */
  public static long length(byte[] header) {
    return ((header[4] & 0xffL) << 24)
        | ((header[5] & 0xffL) << 16)
        | ((header[6] & 0xffL) << 8)
        | (header[7] & 0xffL);
  }
}
