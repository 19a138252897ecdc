package io.hotpod.agent.state;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Files that are there completely or not at all, whenever the power goes; readable by their owner
 * only. Callers see to it that one file is written by one thread at a time.
 */
public final class AtomicFile {
  private static final FileAttribute<?> OWNER_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<?> OWNER_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private AtomicFile() {}

  /** Makes a directory and those above it that are missing, closed to everyone else. */
  public static void makeDirectories(Path directory) throws IOException {
    Files.createDirectories(directory, OWNER_DIRECTORY);
  }

  /**
   * Replaces the file's content; returns once it is on the disk. Where it cannot be written, what
   * was there stays, and nothing that was begun takes up the room that is missing.
   */
  public static void write(Path file, byte[] content) throws IOException {
    Path directory = file.toAbsolutePath().resolve("..").normalize();
    makeDirectories(directory);
    Path aside = directory.resolve("." + file.getFileName() + ".new");
    Files.deleteIfExists(aside);
    Files.createFile(aside, OWNER_FILE);
    // Not a channel: a thread that is being stopped still finishes what it writes.
    try (FileOutputStream output = new FileOutputStream(aside.toFile())) {
      output.write(content);
      output.getFD().sync();
    } catch (IOException e) {
      Files.deleteIfExists(aside);
      throw e;
    }
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    sync(directory);
  }

  /**
   * Puts a symbolic link in the place of whatever has that name, in one step; what it leads to need
   * not be there. Returns once it is on the disk.
   */
  public static void link(Path file, Path target) throws IOException {
    Path directory = file.toAbsolutePath().resolve("..").normalize();
    Path aside = directory.resolve("." + file.getFileName() + ".new");
    Files.deleteIfExists(aside);
    Files.createSymbolicLink(aside, target);
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    sync(directory);
  }

  /** Removes the file, if it is there, for good; returns once that is on the disk. */
  public static void delete(Path file) throws IOException {
    if (Files.deleteIfExists(file)) {
      sync(file.toAbsolutePath().resolve("..").normalize());
    }
  }

  private static void sync(Path directory) throws IOException {
    try (FileChannel parent = FileChannel.open(directory, StandardOpenOption.READ)) {
      parent.force(true);
    } catch (ClosedByInterruptException e) {
      // What was done is done, and the thread learns of the interrupt where it waits next.
      Thread.currentThread().interrupt();
    }
  }

  /** The file's content; empty when there is no such file. */
  public static Optional<byte[]> read(Path file) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
