package io.hotpod.agent.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses where Secrets are rendered: in memory where the machine has a place for that. */
public final class SecretDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(SecretDirectory.class);
  private static final List<Path> CANDIDATES = List.of(Path.of("/run"), Path.of("/dev/shm"));

  private SecretDirectory() {}

  /**
   * A directory of this instance that is closed to everyone else.
   *
   * @param fallback on disk, taken where no tmpfs can be written, which is said in the log
   */
  public static Path choose(String instanceId, Path fallback) throws IOException {
    for (Path candidate : CANDIDATES) {
      if (inMemory(candidate) && Files.isWritable(candidate)) {
        Path directory = candidate.resolve("hotpod-agent").resolve(instanceId);
        AtomicFile.makeDirectories(directory);
        return directory;
      }
    }
    LOG.warn("no tmpfs can be written here: Secrets of pods are rendered on disk, in {}", fallback);
    AtomicFile.makeDirectories(fallback);
    return fallback;
  }

  private static boolean inMemory(Path directory) {
    try {
      return Files.isDirectory(directory) && Files.getFileStore(directory).type().equals("tmpfs");
    } catch (IOException e) {
      return false;
    }
  }
}
