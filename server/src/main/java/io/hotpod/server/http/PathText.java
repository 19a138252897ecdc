package io.hotpod.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Percent-encoding of the parts of a path, by RFC 3986. */
public final class PathText {
  private static final String PLAIN = "-._~!$&'()*+,;=:@";

  private PathText() {}

  /** The decoded segments of a raw path; a slash at the end adds none. */
  static List<String> segments(String rawPath) {
    List<String> segments = new ArrayList<>();
    int start = 1;
    while (start < rawPath.length()) {
      int end = rawPath.indexOf('/', start);
      if (end < 0) {
        end = rawPath.length();
      }
      segments.add(decode(rawPath.substring(start, end)));
      start = end + 1;
    }
    return segments;
  }

  /**
   * A part of a path or of a query without percent signs.
   *
   * @throws ApiException when an escape is broken, or stands for NUL, which no text here may hold
   */
  static String decode(String raw) {
    if (raw.indexOf('%') < 0) {
      return raw;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
    for (int index = 0; index < raw.length(); index++) {
      char character = raw.charAt(index);
      if (character != '%') {
        bytes.writeBytes(String.valueOf(character).getBytes(UTF_8));
      } else if (index + 2 < raw.length()
          && HexFormat.isHexDigit(raw.charAt(index + 1))
          && HexFormat.isHexDigit(raw.charAt(index + 2))) {
        bytes.write(HexFormat.fromHexDigits(raw, index + 1, index + 3));
        index += 2;
      } else {
        throw ApiException.badRequest("The URL holds a broken percent escape.");
      }
    }
    String text = bytes.toString(UTF_8);
    if (text.indexOf('\0') >= 0) {
      throw ApiException.badRequest("The URL holds a NUL character.");
    }
    return text;
  }

  /** A text as one segment of a path. */
  public static String encode(String text) {
    StringBuilder encoded = new StringBuilder(text.length());
    for (byte octet : text.getBytes(UTF_8)) {
      char character = (char) (octet & 0xff);
      if (isPlain(character)) {
        encoded.append(character);
      } else {
        encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
      }
    }
    return encoded.toString();
  }

  private static boolean isPlain(char character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || PLAIN.indexOf(character) >= 0;
  }
}
