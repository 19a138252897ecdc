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
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a state directory for one process. The system lifts it when the process dies. */
final class StateLock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StateLock.class);

  private final Optional<FileChannel> channel;

  private StateLock(Optional<FileChannel> channel) {
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
    FileChannel channel;
    try {
      channel =
          FileChannel.open(
              file,
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (AccessDeniedException | NoSuchFileException denied) {
      throw denied;
    } catch (FileSystemException failure) {
      if (Files.isWritable(directory)) {
        throw failure;
      }
      // A disk that became read-only is no reason to leave a machine's pods alone.
      LOG.warn("{} cannot be locked against a second process: {}", directory, failure.getReason());
      return new StateLock(Optional.empty());
    }
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
    byte[] number = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8);
    try {
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(number), 0);
    } catch (IOException full) {
      LOG.warn("{} does not say whose it is: {}", file, full.getMessage());
    }
    return new StateLock(Optional.of(channel));
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
      if (channel.isPresent()) {
        channel.get().close();
      }
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException("The lock of the state directory", failure);
    }
  }
}
