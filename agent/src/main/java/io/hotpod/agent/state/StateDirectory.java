package io.hotpod.agent.state;

import io.hotpod.pod.DesiredPods;
import io.hotpod.pod.PodJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * What an instance remembers: who it is, and the last valid desired set. Each is one file, there
 * completely or not at all, readable by its owner only.
 *
 * <p>The desired set carries the values of the Secrets in clear, because the instance has to bring
 * its pods back without its server; mode 0600 in a directory of mode 0700 is what protects them.
 */
public final class StateDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(StateDirectory.class);

  private final Path directory;

  /**
   * @throws IOException when the directory cannot be made
   */
  public StateDirectory(Path directory) throws IOException {
    this.directory = directory;
    AtomicFile.makeDirectories(directory);
  }

  public Path path() {
    return directory;
  }

  /** Empty before the first enrolment. */
  public Optional<Identity> identity() throws IOException {
    return read("instance.json", Identity.class);
  }

  public void save(Identity identity) throws IOException {
    AtomicFile.write(directory.resolve("instance.json"), PodJson.writeBytes(identity));
  }

  /** Empty before the first valid set, and when the file cannot be understood. */
  public Optional<DesiredPods> desired() throws IOException {
    return read("desired.json", DesiredPods.class);
  }

  public void save(DesiredPods desired) throws IOException {
    AtomicFile.write(directory.resolve("desired.json"), PodJson.writeBytes(desired));
  }

  private <T> Optional<T> read(String name, Class<T> type) throws IOException {
    Path file = directory.resolve(name);
    try {
      return AtomicFile.read(file).map(content -> PodJson.read(content, type));
    } catch (JacksonException e) {
      LOG.error("{} cannot be understood and is left aside: {}", file, e.getOriginalMessage());
      return Optional.empty();
    }
  }
}
