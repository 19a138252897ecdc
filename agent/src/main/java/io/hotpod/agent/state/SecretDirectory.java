package io.hotpod.agent.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
    Optional<Path> memory = memory();
    if (memory.isPresent()) {
      Path directory = below(memory.get(), System.getProperty("user.name", ""), instanceId);
      AtomicFile.makeDirectories(directory);
      return directory;
    }
    LOG.warn("no tmpfs can be written here: Secrets of pods are rendered on disk, in {}", fallback);
    AtomicFile.makeDirectories(fallback);
    return fallback;
  }

  /**
   * What all agents of this user have in common, above the directories of their instances; need not
   * be there. Empty where no tmpfs can be written.
   */
  public static Optional<Path> common() {
    return memory().map(memory -> below(memory, System.getProperty("user.name", "")));
  }

  /** Each user has a directory of his own, which nobody else can enter. */
  private static Path below(Path memory, String user) {
    return memory.resolve(
        user.isEmpty() || user.equals("root") ? "hotpod-agent" : "hotpod-agent-" + user);
  }

  static Path below(Path memory, String user, String instanceId) {
    return below(memory, user).resolve(instanceId);
  }

  /** The machine's tmpfs that can be written; empty where there is none. */
  public static Optional<Path> memory() {
    return CANDIDATES.stream()
        .filter(candidate -> inMemory(candidate) && Files.isWritable(candidate))
        .findFirst();
  }

  private static boolean inMemory(Path directory) {
    try {
      return Files.isDirectory(directory) && Files.getFileStore(directory).type().equals("tmpfs");
    } catch (IOException e) {
      return false;
    }
  }
}
