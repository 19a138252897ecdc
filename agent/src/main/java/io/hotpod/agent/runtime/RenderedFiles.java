package io.hotpod.agent.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Directories of files that were rendered for pods. */
public final class RenderedFiles {
  private RenderedFiles() {}

  /**
   * Removes a directory with everything below it; a link is not followed.
   *
   * @throws IOException when something below it may not be read or removed
   */
  public static void delete(Path directory) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> found;
    try (Stream<Path> walk = Files.walk(directory)) {
      found = new ArrayList<>(walk.toList());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (Path path : found.reversed()) {
      Files.deleteIfExists(path);
    }
  }

  /**
   * A path below a directory.
   *
   * @throws ConfigurationException when it leads out
   */
  public static Path below(Path directory, String relative) {
    Path path = directory.resolve(relative).normalize();
    if (!path.startsWith(directory)) {
      throw new ConfigurationException(relative + " leads out of its volume");
    }
    return path;
  }
}
