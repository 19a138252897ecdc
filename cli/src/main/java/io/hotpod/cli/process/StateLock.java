package io.hotpod.cli.process;

import io.hotpod.cli.session.CommandFailure;
import io.hotpod.cli.session.FileReasons;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps a state directory for one process. The system lifts it when the process dies. */
final class StateLock implements AutoCloseable {
  private final FileChannel channel;

  private StateLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Makes the directory, readable by its owner only, and takes it; refuses one that is taken. */
  static StateLock take(Path directory) {
    try {
      if (!Files.isDirectory(directory)) {
        Files.createDirectories(
            directory,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      return lock(directory);
    } catch (IOException failure) {
      throw CommandFailure.of(
          "the state directory " + directory + " cannot be used: " + why(directory, failure) + ".",
          "Name another with --state.");
    }
  }

  private static String why(Path directory, IOException failure) {
    if (failure instanceof AccessDeniedException && Files.isDirectory(directory)) {
      return owner(directory)
          .map(name -> "it belongs to the user " + name + ", as whom it can be used")
          .orElse(FileReasons.of(failure));
    }
    return failure instanceof NoSuchFileException
        ? "no directory can be made there"
        : FileReasons.of(failure);
  }

  private static Optional<String> owner(Path directory) {
    try {
      return Optional.of(Files.getOwner(directory).getName());
    } catch (IOException unknown) {
      return Optional.empty();
    }
  }

  private static StateLock lock(Path directory) throws IOException {
    Path file = directory.resolve("process.lock");
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    if (tryLock(channel) == null) {
      String owner = Files.readString(file).strip();
      channel.close();
      throw CommandFailure.of(
          "the state directory "
              + directory
              + " is in use by another hotpod process"
              + (owner.isEmpty() ? "." : ", number " + owner + "."),
          "Stop that one, or name another directory with --state.");
    }
    channel.truncate(0);
    byte[] number = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8);
    channel.write(ByteBuffer.wrap(number), 0);
    return new StateLock(channel);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException taken) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException("The lock of the state directory", failure);
    }
  }
}
