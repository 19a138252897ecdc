package io.hotpod.server.users;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The users as the file has them now: it is looked at whenever they are asked for, and read again
 * when it is another one than before. A file that became broken changes nothing until it is mended.
 * Thread-safe.
 */
public final class WatchedUsers {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedUsers.class);

  private final UsersFile file;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile Seen seen;

  /** How a file looked, and what it held. */
  private record Seen(String look, Users users) {}

  private WatchedUsers(UsersFile file, Seen seen) {
    this.file = file;
    this.seen = seen;
  }

  /**
   * Reads the file for the first time.
   *
   * @throws IOException as {@link UsersFile#read}
   */
  public static WatchedUsers of(Path path) throws IOException {
    requireNonNull(path, "path is null");
    UsersFile file = new UsersFile(path);
    String look = look(path);
    return new WatchedUsers(file, new Seen(look, file.read()));
  }

  /** All users now. */
  public Users now() {
    String look = look(file.path());
    Seen last = seen;
    return look.equals(last.look()) ? last.users() : readAgain(look);
  }

  private Users readAgain(String look) {
    reading.lock();
    try {
      Seen last = seen;
      if (!look.equals(last.look())) {
        seen = new Seen(look, read(last.users()));
      }
      return seen.users();
    } finally {
      reading.unlock();
    }
  }

  private Users read(Users before) {
    try {
      Users users = file.read();
      LOG.info("read the users again from {}", file.path());
      return users;
    } catch (IOException broken) {
      LOG.error(
          "the file of users changed and cannot be used; the users stay as they were: {}",
          broken.getMessage());
      return before;
    }
  }

  /** Each writer makes a new file, so its key tells one content from the next. */
  private static String look(Path path) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return attributes.fileKey() + " " + attributes.size() + " " + attributes.lastModifiedTime();
    } catch (IOException missing) {
      return "missing";
    }
  }
}
