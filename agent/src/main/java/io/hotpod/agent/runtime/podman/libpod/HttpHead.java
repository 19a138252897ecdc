package io.hotpod.agent.runtime.podman.libpod;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What an HTTP/1.1 answer begins with, by RFC 9112.
 *
 * @param headers by their names in lower case; of several with one name, the last
 */
record HttpHead(int status, Map<String, String> headers) {
  /** Before there is one. */
  static final HttpHead NONE = new HttpHead(0, Map.of());

  private static final int LONGEST = 64 << 10;

  /**
   * Reads as far as the empty line.
   *
   * @param input reading single bytes of it is cheap
   * @throws IOException also when this is not HTTP, or ends before that line
   */
  static HttpHead read(InputStream input) throws IOException {
    Line line = new Line(input);
    String[] words = line.next().split(" ", 3);
    Map<String, String> headers = new HashMap<>();
    for (String header = line.next(); !header.isEmpty(); header = line.next()) {
      int colon = header.indexOf(':');
      if (colon > 0) {
        headers.put(
            header.substring(0, colon).toLowerCase(Locale.ROOT),
            header.substring(colon + 1).strip());
      }
    }
    return new HttpHead(status(words), headers);
  }

  private static int status(String[] words) throws IOException {
    try {
      if (words.length > 1 && words[0].startsWith("HTTP/1.")) {
        return Integer.parseInt(words[1]);
      }
    } catch (NumberFormatException e) {
      throw new IOException("the answer is not HTTP", e);
    }
    throw new IOException("the answer is not HTTP");
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /**
   * The body that follows on the same input. One of a known length that ends early is an error for
   * its reader; one of which nothing is said ends with the connection.
   */
  InputStream body(InputStream input) throws IOException {
    if (status == 204 || status == 304) {
      return InputStream.nullInputStream();
    }
    if (header("Transfer-Encoding").filter("chunked"::equalsIgnoreCase).isPresent()) {
      return new ChunkedBody(input);
    }
    Optional<String> length = header("Content-Length");
    if (length.isEmpty()) {
      return input;
    }
    try {
      return new MeasuredBody(input, Long.parseLong(length.get()));
    } catch (NumberFormatException e) {
      throw new IOException("the answer is not HTTP", e);
    }
  }

  /** Lines of a head. */
  private static final class Line {
    private final InputStream input;
    private int left = LONGEST;

    Line(InputStream input) {
      this.input = input;
    }

    String next() throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream(64);
      for (int each = input.read(); each != '\n'; each = input.read()) {
        if (each < 0) {
          throw new EOFException("the connection ended before the answer");
        }
        if (--left == 0) {
          throw new IOException("the answer has more than " + LONGEST + " bytes of headers");
        }
        if (each != '\r') {
          line.write(each);
        }
      }
      return line.toString(ISO_8859_1);
    }
  }
}
