package io.hotpod.agent.runtime.podman.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * Takes a few small files out of a tar archive (POSIX.1 ustar, and what GNU tar makes of it), plain
 * or gzipped. Whatever else is in it is passed over. Pure but for the reading.
 */
final class TarFiles {
  private static final int BLOCK = 512;
  private static final int LONGEST = 4 << 20;
  private static final int MOST_ENTRIES = 100_000;
  private static final long MOST_BYTES = 64L << 30;
  private static final int GZIP = 0x1f8b;

  private TarFiles() {}

  /**
   * The contents of those of the wanted files that are there.
   *
   * @throws IOException when it cannot be read, is no such archive, or is larger than anybody makes
   *     one
   */
  static Map<String, byte[]> read(Path archive, Set<String> wanted) throws IOException {
    try (InputStream raw = Files.newInputStream(archive)) {
      if (isGzip(archive)) {
        try (InputStream unpacked = new BufferedInputStream(new GZIPInputStream(raw))) {
          return read(unpacked, wanted);
        }
      }
      return read(raw, wanted);
    }
  }

  private static boolean isGzip(Path archive) throws IOException {
    try (InputStream input = Files.newInputStream(archive)) {
      return ((input.read() << 8) | input.read()) == GZIP;
    }
  }

  private static Map<String, byte[]> read(InputStream input, Set<String> wanted)
      throws IOException {
    Map<String, byte[]> found = new HashMap<>();
    long passed = 0;
    for (int entries = 0; found.size() < wanted.size(); entries++) {
      byte[] header = input.readNBytes(BLOCK);
      if (header.length == 0 || isEnd(header)) {
        return found;
      }
      if (header.length < BLOCK || !text(header, 257, 5, ISO_8859_1).equals("ustar")) {
        throw new IOException(
            "it is no tar archive, or one that is compressed otherwise than by gzip");
      }
      long size = size(header);
      passed += size;
      if (entries > MOST_ENTRIES || size < 0 || passed > MOST_BYTES) {
        throw new IOException("it has more in it than an archive of images can have");
      }
      String name = text(header, 0, 100, UTF_8).replaceFirst("^\\./", "");
      long padding = (BLOCK - size % BLOCK) % BLOCK;
      if (wanted.contains(name)) {
        if (size > LONGEST) {
          throw new IOException(name + " in it is longer than " + LONGEST + " bytes");
        }
        found.put(name, input.readNBytes((int) size));
        skip(input, padding);
      } else {
        skip(input, size + padding);
      }
    }
    return found;
  }

  private static void skip(InputStream input, long bytes) throws IOException {
    try {
      input.skipNBytes(bytes);
    } catch (EOFException e) {
      throw new IOException("it ends in the middle", e);
    }
  }

  private static boolean isEnd(byte[] header) {
    for (byte one : header) {
      if (one != 0) {
        return false;
      }
    }
    return true;
  }

  /** Octal digits, or the number itself where it is too long for them. */
  private static long size(byte[] header) throws IOException {
    if ((header[124] & 0x80) != 0) {
      long size = 0;
      for (int i = 128; i < 136; i++) {
        size = size << 8 | (header[i] & 0xff);
      }
      return size;
    }
    String digits = text(header, 124, 12, ISO_8859_1).strip();
    try {
      return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    } catch (NumberFormatException e) {
      throw new IOException("the size of an entry is no number", e);
    }
  }

  private static String text(byte[] header, int offset, int length, Charset charset) {
    int end = offset;
    while (end < offset + length && header[end] != 0) {
      end++;
    }
    return new String(header, offset, end - offset, charset);
  }
}
