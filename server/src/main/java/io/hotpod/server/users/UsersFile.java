package io.hotpod.server.users;

import static java.util.Objects.requireNonNull;

import io.hotpod.document.DocumentException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A file of users on disk, readable by its owner only. */
public final class UsersFile {
  /** What users, projects and tokens may be called. */
  public static final Pattern NAME = UsersText.NAME;

  private final Path path;

  public UsersFile(Path path) {
    this.path = requireNonNull(path, "path is null");
  }

  public Path path() {
    return path;
  }

  /**
   * Reads it.
   *
   * @throws IOException when it cannot be read, others can read it too, or it is not a file of
   *     users; the message has file and line
   */
  public Users read() throws IOException {
    try {
      return UsersText.read(path.toString(), PrivateFile.read(path));
    } catch (DocumentException wrong) {
      throw new IOException(wrong.getMessage(), wrong);
    }
  }

  /** Changes it as a whole; makes it when there is none. Not for two at the same time. */
  public void change(UnaryOperator<Users> change) throws IOException {
    Users before = Files.exists(path) ? read() : new Users(java.util.List.of());
    String text =
        JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build()
            .writeValueAsString(UsersText.write(change.apply(before).all()));
    PrivateFile.write(path, (text + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
