package io.hotpod.agent.state;

import io.hotpod.pod.DesiredPods;
import io.hotpod.pod.PodJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * What an instance remembers: who it is, and the last valid desired set. Each is one file, there
 * completely or not at all, readable by its owner only.
 *
 * <p>The desired set carries the values of the Secrets, because the instance has to bring its pods
 * back without its server. It is encrypted with a key that lies beside it in a file of its own; see
 * {@code docs/decisions} for what that protects against. Mode 0600 in a directory of mode 0700 is
 * what keeps others on the machine from both.
 */
public final class StateDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(StateDirectory.class);

  private static final String LEFT = "left.json";

  /** Listed by name: whoever names a wrong directory loses nothing. */
  private static final List<String> REMEMBERED =
      List.of(
          "pods",
          "podman",
          "history.json",
          "images.json",
          "heat-signals.json",
          "heat-collector.json",
          "desired.json",
          "desired.sealed",
          "state.key",
          "instance.json");

  private static final List<String> MOUNTED = List.of("volumes", "kubelet", "secrets");

  private record Left(List<String> instances) {}

  private static final String DESIRED = "desired.sealed";

  /** Where earlier releases kept the set, in clear. */
  private static final String CLEAR = "desired.json";

  private final Path directory;
  private final Seal seal;

  /**
   * @throws IOException when the directory cannot be made
   */
  public StateDirectory(Path directory) throws IOException {
    this.directory = directory;
    AtomicFile.makeDirectories(directory);
    seal = new Seal(directory.resolve("state.key"), new SecureRandom());
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

  /** Instances that were here and whose pods were left running, by their ids. */
  public List<String> left() throws IOException {
    return read(LEFT, Left.class).map(Left::instances).orElse(List.of());
  }

  /** Remembers whose pods were left running; nothing else of them is kept. */
  public void saveLeft(List<String> instanceIds) throws IOException {
    if (instanceIds.isEmpty()) {
      AtomicFile.delete(directory.resolve(LEFT));
    } else {
      AtomicFile.write(directory.resolve(LEFT), PodJson.writeBytes(new Left(instanceIds)));
    }
  }

  /**
   * Credential, desired set and everything else that only a running agent needs: files and
   * directories that may be there, the credential last. What pods have mounted is not among them,
   * and neither are archives of images, which people put there.
   */
  public List<Path> remembered() {
    return REMEMBERED.stream().map(directory::resolve).toList();
  }

  /** Directories that may be there, with what pods have mounted or had. */
  public List<Path> mounted() {
    return MOUNTED.stream().map(directory::resolve).toList();
  }

  /** Empty before the first valid set, and when the file cannot be understood. */
  public Optional<DesiredPods> desired() throws IOException {
    Path file = directory.resolve(DESIRED);
    Optional<byte[]> sealed = AtomicFile.read(file);
    if (sealed.isEmpty()) {
      return read(CLEAR, DesiredPods.class);
    }
    Optional<byte[]> content = seal.open(sealed.get());
    if (content.isEmpty()) {
      LOG.error(
          "{} does not open with the key of this instance, or was changed; it is left aside, and"
              + " the server is asked for the set",
          file);
      return Optional.empty();
    }
    return parse(file, content.get(), DesiredPods.class);
  }

  /** Keeps a set. */
  public void save(DesiredPods desired) throws IOException {
    saveDesired(PodJson.writeBytes(desired));
  }

  /** Keeps a set whose JSON this is. */
  public void saveDesired(byte[] json) throws IOException {
    AtomicFile.write(directory.resolve(DESIRED), seal.close(json));
    Files.deleteIfExists(directory.resolve(CLEAR));
  }

  private <T> Optional<T> read(String name, Class<T> type) throws IOException {
    Path file = directory.resolve(name);
    Optional<byte[]> content = AtomicFile.read(file);
    return content.isEmpty() ? Optional.empty() : parse(file, content.get(), type);
  }

  private static <T> Optional<T> parse(Path file, byte[] content, Class<T> type) {
    try {
      return Optional.of(PodJson.read(content, type));
    } catch (JacksonException e) {
      LOG.error("{} cannot be understood and is left aside: {}", file, e.getOriginalMessage());
      return Optional.empty();
    }
  }
}
