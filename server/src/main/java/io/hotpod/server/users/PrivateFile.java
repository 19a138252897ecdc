package io.hotpod.server.users;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that only their owner can read. */
public final class PrivateFile {
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");
  private static final int LARGEST = 16 * 1024 * 1024;

  private PrivateFile() {}

  /**
   * Reads the whole file.
   *
   * @throws IOException when it cannot be read, or when others than its owner can; the message
   *     names it and says what to do
   */
  public static byte[] read(Path file) throws IOException {
    try {
      Set<PosixFilePermission> open = Files.getPosixFilePermissions(file);
      if (!OWNER.containsAll(open)) {
        throw new IOException(
            "%s may be read by others than its owner (mode %s); run: chmod 600 %s"
                .formatted(file, PosixFilePermissions.toString(open), file));
      }
      if (Files.size(file) > LARGEST) {
        throw new IOException(file + " is larger than " + LARGEST + " bytes");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException missing) {
      throw new IOException(file + " does not exist", missing);
    } catch (java.nio.file.AccessDeniedException denied) {
      throw new IOException(file + " cannot be read: permission denied", denied);
    }
  }

  /** Replaces the whole file, so that a reader sees the old or the new content and never a part. */
  public static void write(Path file, byte[] content) throws IOException {
    Path absolute = file.toAbsolutePath();
    Path directory = absolute.getParent();
    Path part = absolute.resolveSibling("." + absolute.getFileName() + ".part");
    Files.deleteIfExists(part);
    try (FileChannel channel =
        FileChannel.open(
            part,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(OWNER))) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(part, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    if (directory != null) {
      try (FileChannel parent = FileChannel.open(directory, StandardOpenOption.READ)) {
        parent.force(true);
      }
    }
  }
}
