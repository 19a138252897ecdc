package io.hotpod.engine.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The file of keys beside a database, the newest first. Only its owner may read it; it is changed
 * as a whole or not at all.
 */
public final class KeyFile {
  private static final String HEADER =
      """
      # The keys of a Hotpod database. Without this file its stacks cannot be read: keep a copy with
      # each backup, and show it to nobody. The first key is the one in use.
      """;
  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private final Path path;
  private final SecureRandom random;

  public KeyFile(Path path, SecureRandom random) {
    this.path = path;
    this.random = random;
  }

  public Path path() {
    return path;
  }

  public boolean exists() {
    return Files.exists(path);
  }

  /**
   * Reads the keys.
   *
   * @throws IllegalStateException when they cannot be read, are damaged, or others can read them
   */
  public Sealer read() {
    return new Sealer(keys(), random);
  }

  /** Makes a file with one new key, unless there is a file. */
  public void create() {
    if (!exists()) {
      write(List.of(MasterKey.make(random)));
    }
  }

  /** Puts a new key before the others. */
  public void addKey() {
    List<MasterKey> keys = new ArrayList<>();
    keys.add(MasterKey.make(random));
    keys.addAll(keys());
    write(keys);
  }

  /** Keeps the first key only. */
  public void dropOldKeys() {
    List<MasterKey> keys = keys();
    if (keys.size() > 1) {
      write(List.of(keys.getFirst()));
    }
  }

  private List<MasterKey> keys() {
    try {
      if (!OWNER.containsAll(Files.getPosixFilePermissions(path))) {
        throw new IllegalStateException(
            "the key file " + path + " can be read by others; run: chmod 600 " + path);
      }
      List<MasterKey> keys = new ArrayList<>();
      int number = 0;
      for (String line : Files.readAllLines(path, UTF_8)) {
        number++;
        if (!line.isBlank() && !line.startsWith("#")) {
          keys.add(key(line, number));
        }
      }
      if (keys.isEmpty()) {
        throw new IllegalStateException(
            "the key file " + path + " holds no key; put its copy from a backup there");
      }
      return keys;
    } catch (IOException e) {
      throw new IllegalStateException("cannot read the key file " + path + ": " + e, e);
    }
  }

  private MasterKey key(String line, int number) {
    try {
      return MasterKey.read(line);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          "%s:%d: %s; put its copy from a backup there".formatted(path, number, e.getMessage()), e);
    }
  }

  private void write(List<MasterKey> keys) {
    String text =
        HEADER + keys.stream().map(MasterKey::line).collect(Collectors.joining("\n")) + "\n";
    Path absolute = path.toAbsolutePath();
    // A link may lead to where keys are kept; what it leads to is what is replaced.
    try {
      Path target = Files.isSymbolicLink(absolute) ? absolute.toRealPath() : absolute;
      Path temporary = target.resolveSibling("." + target.getFileName() + ".new");
      Files.deleteIfExists(temporary);
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel directory = FileChannel.open(target.getParent())) {
        directory.force(true);
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot write the key file " + path + ": " + e, e);
    }
  }
}
