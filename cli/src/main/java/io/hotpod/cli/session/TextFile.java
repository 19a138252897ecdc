package io.hotpod.cli.session;

import io.hotpod.document.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads texts that people name, whatever they turn out to be. */
public final class TextFile {
  private static final int LIMIT = Limits.DEFAULT.bytes();

  private TextFile() {}

  /**
   * The whole content. A pipe is read too, so that {@code <(command)} of a shell works; nothing is
   * read further than a template may be long.
   *
   * @throws IOException with a message that goes on after the file's name, such as {@code does not
   *     exist}
   */
  public static byte[] bytes(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException("is a directory, not a file");
    }
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] bytes = stream.readNBytes(LIMIT + 1);
      if (bytes.length > LIMIT) {
        throw new IOException(
            (Files.isRegularFile(file) ? "is" : "is not a regular file and is")
                + " longer than "
                + LIMIT / (1024 * 1024)
                + " MiB");
      }
      return bytes;
    } catch (NoSuchFileException missing) {
      throw new IOException("does not exist", missing);
    } catch (AccessDeniedException denied) {
      throw new IOException("cannot be read: permission denied", denied);
    }
  }

  /** The same as text in UTF-8. */
  public static String read(Path file) throws IOException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(file))).toString();
    } catch (CharacterCodingException garbled) {
      throw new IOException("is not UTF-8 text", garbled);
    }
  }
}
