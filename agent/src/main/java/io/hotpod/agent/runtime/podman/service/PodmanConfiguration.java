package io.hotpod.agent.runtime.podman.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.agent.state.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@code containers.conf} for machines on which Podman's defaults fail: where the hard limits of
 * this process are lower than what Podman gives to containers, and where cgroup versions 1 and 2
 * stand side by side, which crun refuses and runc takes.
 */
public final class PodmanConfiguration {
  private static final Logger LOG = LoggerFactory.getLogger(PodmanConfiguration.class);
  private static final List<Path> RUNC =
      List.of(Path.of("/usr/bin/runc"), Path.of("/usr/sbin/runc"), Path.of("/usr/local/bin/runc"));

  private PodmanConfiguration() {}

  /** Empty where the defaults work, or where the user's environment names a file already. */
  static Optional<Path> write(Path directory) throws IOException {
    if (System.getenv("CONTAINERS_CONF") != null) {
      return Optional.empty();
    }
    boolean runc =
        Files.isDirectory(Path.of("/sys/fs/cgroup/unified"))
            && RUNC.stream().anyMatch(Files::isExecutable);
    String text = text(ProcessLimits.tight(), runc);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (Files.exists(Path.of("/etc/containers/containers.conf"))) {
      LOG.warn(
          "/etc/containers/containers.conf is not used: this machine's limits need a generated one;"
              + " set CONTAINERS_CONF to use another");
    }
    Path file = directory.resolve("containers.conf");
    AtomicFile.write(file, text.getBytes(UTF_8));
    return Optional.of(file);
  }

  /** The text of a {@code containers.conf}. */
  public static String text(Optional<ProcessLimits> limits, boolean runc) {
    StringBuilder text = new StringBuilder();
    if (limits.isPresent()) {
      long files = limits.get().openFiles();
      long processes = limits.get().processes();
      text.append("[containers]\ndefault_ulimits = [\"nofile=")
          .append(files + ":" + files)
          .append("\", \"nproc=")
          .append(processes + ":" + processes)
          .append("\"]\n");
    }
    if (runc) {
      text.append("[engine]\nruntime = \"runc\"\n");
    }
    return text.toString();
  }
}
