package io.hotpod.agent.state;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a second agent from what one agent has to itself. The kernel lets go of it when the process
 * ends, however it ends.
 */
public final class InstanceLock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(InstanceLock.class);

  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");

  /** What to do where two agents of one instance met. */
  public static final String OWN_STATE = "give each agent a name and a state directory of its own";

  private final Path path;
  private final Optional<RandomAccessFile> file;

  private InstanceLock(Path path, Optional<RandomAccessFile> file) {
    this.path = path;
    this.file = file;
  }

  /**
   * Takes the lock; the file is made where it is missing.
   *
   * @param what is kept to one agent, for people
   * @param otherwise what to do where both agents are wanted, after "or"
   * @throws IllegalStateException when another agent has it
   */
  public static InstanceLock take(Path path, String what, String otherwise) throws IOException {
    AtomicFile.makeDirectories(path.toAbsolutePath().resolve("..").normalize());
    // Not a channel of its own: an interrupt would close that, and with it let go of the lock.
    RandomAccessFile file;
    try {
      file = new RandomAccessFile(path.toFile(), "rw");
    } catch (FileNotFoundException e) {
      // The pods of a machine whose disk became read-only are to come back all the same.
      LOG.warn("{} cannot be locked against a second agent: {}", path, e.getMessage());
      return new InstanceLock(path, Optional.empty());
    }
    try {
      Files.setPosixFilePermissions(path, OWNER);
      if (lock(file) == null) {
        throw new IllegalStateException(
            what
                + " is used by another agent that runs on this machine; stop that one first, or "
                + otherwise);
      }
      return new InstanceLock(path, Optional.of(file));
    } catch (IOException | IllegalStateException e) {
      file.close();
      throw e;
    }
  }

  private static @Nullable FileLock lock(RandomAccessFile file) throws IOException {
    try {
      return file.getChannel().tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    if (file.isPresent()) {
      file.get().close();
    }
  }

  @Override
  public String toString() {
    return "InstanceLock[" + path + "]";
  }
}
