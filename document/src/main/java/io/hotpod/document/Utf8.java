package io.hotpod.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.util.Optional;

/** Bytes into text, strictly. */
final class Utf8 {
  private Utf8() {}

  /**
   * Decodes a whole text.
   *
   * @throws DocumentException with the place of the first byte that is not UTF-8
   */
  static String decode(String file, byte[] bytes) {
    CharBuffer text = CharBuffer.allocate(bytes.length);
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    CoderResult result = UTF_8.newDecoder().decode(rest, text, true);
    text.flip();
    if (!result.isError()) {
      return text.toString();
    }
    String before = text.toString();
    Location place = new TextCursor(file, before).at(before.length());
    throw new DocumentException(
        new Problem(
            Optional.of(place),
            "",
            "the byte 0x%02X is not UTF-8".formatted(rest.get(rest.position()) & 0xff),
            Optional.of("save the file as UTF-8")));
  }
}
