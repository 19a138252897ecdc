package io.hotpod.engine.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Reads a password that stands in a file of its owner's alone. */
final class PasswordFile {
  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private PasswordFile() {}

  /**
   * The first line of a file.
   *
   * @throws IllegalStateException when it cannot be read, holds nothing, or others can read it
   */
  static String read(Path file) {
    try {
      if (!OWNER.containsAll(Files.getPosixFilePermissions(file))) {
        throw new IllegalStateException(
            "the password file " + file + " can be read by others; run: chmod 600 " + file);
      }
      List<String> lines = Files.readAllLines(file);
      if (lines.isEmpty() || lines.getFirst().isEmpty()) {
        throw new IllegalStateException("the password file " + file + " holds no password");
      }
      return lines.getFirst();
    } catch (IOException e) {
      throw new IllegalStateException("cannot read the password file " + file + ": " + e, e);
    }
  }
}
