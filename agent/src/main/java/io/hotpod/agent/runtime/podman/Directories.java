package io.hotpod.agent.runtime.podman;

import io.hotpod.agent.runtime.PrivateFiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** Directories for containers, which the agent's own closed umask says nothing about. */
final class Directories {
  private Directories() {}

  /**
   * Makes a directory and those above it that are missing; what is there stays as it is.
   *
   * @param mode bits of those that are made
   */
  static void make(Path directory, int mode) throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    for (Path at = directory; at != null && !Files.isDirectory(at); at = at.getParent()) {
      missing.push(at);
    }
    for (Path each : missing) {
      try {
        Files.createDirectory(each);
      } catch (FileAlreadyExistsException e) {
        // Another container of the pod has the same, unless it is no directory at all.
        if (!Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
          throw e;
        }
      }
      PrivateFiles.mode(each, mode);
    }
  }
}
