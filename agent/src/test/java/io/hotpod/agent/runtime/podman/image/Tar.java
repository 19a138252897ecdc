package io.hotpod.agent.runtime.podman.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

/** Tar archives for tests. */
public final class Tar {
  private Tar() {}

  /** Of pairs of names and contents. */
  public static byte[] of(String... entries) throws IOException {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    for (int i = 0; i < entries.length; i += 2) {
      byte[] content = entries[i + 1].getBytes(UTF_8);
      byte[] header = new byte[512];
      put(header, 0, entries[i]);
      put(header, 100, "0000644");
      put(header, 124, String.format("%011o", content.length));
      put(header, 257, "ustar");
      header[156] = '0';
      Arrays.fill(header, 148, 156, (byte) ' ');
      int sum = 0;
      for (byte one : header) {
        sum += one & 0xff;
      }
      put(header, 148, String.format("%06o", sum));
      header[154] = 0;
      tar.write(header);
      tar.write(Arrays.copyOf(content, (content.length + 511) / 512 * 512));
    }
    tar.write(new byte[1024]);
    return tar.toByteArray();
  }

  static void put(byte[] header, int offset, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    System.arraycopy(bytes, 0, header, offset, bytes.length);
  }
}
