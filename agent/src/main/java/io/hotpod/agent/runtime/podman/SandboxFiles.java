package io.hotpod.agent.runtime.podman;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.hotpod.agent.runtime.ConfigurationException;
import io.hotpod.agent.runtime.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that a pod's containers have besides their volumes: where they leave their last words, and
 * what they are told about names. Beside the pod's volumes, where no volume can be: names of
 * volumes do not begin with a dot.
 */
final class SandboxFiles {
  private static final String TERMINATION_LOG = "/dev/termination-log";
  private static final List<Path> RESOLVERS =
      List.of(Path.of("/etc/resolv.conf"), Path.of("/run/systemd/resolve/resolv.conf"));
  private static final Logger LOG = LoggerFactory.getLogger(SandboxFiles.class);
  private static final int LONGEST_MESSAGE = 4096;

  private final Path directory;
  private final PodSpec spec;
  private final Optional<Hostnames> names;

  SandboxFiles(VolumeStore store, String podName, PodSpec spec, Optional<Hostnames> names) {
    this.directory = store.disk().resolve(podName).resolve(".files");
    this.spec = spec;
    this.names = names;
  }

  /** Whether a container can be made only once the pod's address is known. */
  boolean needAddress() {
    return names.flatMap(Hostnames::full).isPresent();
  }

  /**
   * The mounts of one run of a container; the files are made.
   *
   * @param address of the pod
   */
  List<Mount> mounts(Container container, int attempt, Optional<String> address) {
    List<Mount> mounts = new ArrayList<>();
    try {
      PrivateFiles.directories(directory);
      mounts.addAll(lastWordsMount(container, attempt));
      if (ResolverFile.isWanted(spec)) {
        mounts.add(Mount.of(shared("resolv.conf", resolver()), "/etc/resolv.conf"));
      }
      if (needAddress() && address.isPresent()) {
        String text = HostsFile.text(spec, names.orElseThrow(), address.get());
        mounts.add(Mount.of(shared("hosts", text), "/etc/hosts"));
      }
      return mounts;
    } catch (IOException e) {
      throw new ConfigurationException("the files of the pod cannot be made: " + e.getMessage(), e);
    }
  }

  /**
   * On a disk that takes nothing, a container that runs and loses its last words is the better one.
   */
  private List<Mount> lastWordsMount(Container container, int attempt) {
    Path message = message(container, attempt);
    try {
      Files.deleteIfExists(message);
      PrivateFiles.write(message, "", 0666);
    } catch (IOException e) {
      LOG.warn("{} cannot be made: {}; the last words will be lost", message, e.getMessage());
      return List.of();
    }
    String path = container.getTerminationMessagePath();
    return List.of(Mount.of(message, path == null ? TERMINATION_LOG : path));
  }

  private static String resolverText(Path file) throws IOException {
    return Files.exists(file) ? Files.readString(file) : "";
  }

  private String resolver() throws IOException {
    String text = "";
    for (Path file : RESOLVERS) {
      text = ResolverFile.text(spec, resolverText(file));
      if (text.contains("nameserver")) {
        return text;
      }
    }
    return text;
  }

  private Path shared(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    if (!Files.exists(file)) {
      PrivateFiles.write(file, text, 0644);
    } else if (!Files.readString(file).equals(text)) {
      // In place: containers that run have this very file mounted.
      Files.writeString(file, text);
    }
    return file;
  }

  private Path message(Container container, int attempt) {
    return directory.resolve(container.getName() + "-" + attempt + ".end");
  }

  /** What a run of a container wrote as its last words, at most 4096 bytes; empty for nothing. */
  String lastWords(Container container, int attempt) {
    Path file = message(container, attempt);
    try (java.io.InputStream words = Files.newInputStream(file)) {
      return new String(words.readNBytes(LONGEST_MESSAGE), UTF_8).strip();
    } catch (IOException e) {
      // Nothing was written, or somebody took it away: there are no last words.
      return "";
    }
  }

  /** Removes what a run of a container left. */
  void forget(Container container, int attempt) throws IOException {
    Files.deleteIfExists(message(container, attempt));
  }
}
