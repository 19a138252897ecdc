package io.hotpod.agent.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The group that a pod's volumes belong to, its {@code fsGroup}. Thread-safe. */
public interface FileGroup {
  /**
   * Gives it a directory with everything below, and what will be made there; a link is not
   * followed.
   *
   * @throws IOException when that is not allowed, saying why
   */
  void take(Path tree) throws IOException;

  /** As root gives files to anybody. */
  static FileGroup ofMachine(long id) {
    return tree -> {
      List<Path> found;
      try (Stream<Path> walk = Files.walk(tree)) {
        found = walk.toList();
      }
      for (Path path : found) {
        Files.setAttribute(path, "unix:gid", Math.toIntExact(id), LinkOption.NOFOLLOW_LINKS);
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          int mode = (int) Files.getAttribute(path, "unix:mode");
          PrivateFiles.mode(path, (mode & 07777) | 02000);
        }
      }
    };
  }
}
