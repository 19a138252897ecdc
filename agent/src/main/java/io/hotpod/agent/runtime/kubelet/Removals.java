package io.hotpod.agent.runtime.kubelet;

import io.hotpod.agent.state.AtomicFile;
import io.hotpod.pod.PodJson;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** The removals that are under way, one small file each, so that a crash forgets none. */
final class Removals {
  private static final Logger LOG = LoggerFactory.getLogger(Removals.class);

  private final Path directory;

  Removals(Path directory) {
    this.directory = directory;
  }

  /** What an earlier run began and did not end. */
  List<Removal> unfinished() throws IOException {
    List<Removal> unfinished = new ArrayList<>();
    if (!Files.isDirectory(directory)) {
      return unfinished;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "[!.]*.json")) {
      for (Path file : files) {
        try {
          unfinished.add(PodJson.read(Files.readAllBytes(file), Removal.class));
        } catch (JacksonException e) {
          LOG.error("{} cannot be understood and is left aside: {}", file, e.getOriginalMessage());
        }
      }
    }
    return unfinished;
  }

  void begin(Removal removal) throws IOException {
    AtomicFile.write(file(removal), PodJson.writeBytes(removal));
  }

  void end(Removal removal) throws IOException {
    AtomicFile.delete(file(removal));
  }

  private Path file(Removal removal) {
    return directory.resolve(removal.name() + ".json");
  }
}
