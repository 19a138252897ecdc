package io.hotpod.agent.source.heat;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.hotpod.agent.state.AtomicFile;
import io.hotpod.pod.PodJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * What Heat itself said last about where it is to be asked: a stack may change the transport of a
 * server that runs. Holds for as long as the machine's files say what they said then. For one
 * thread.
 */
final class CollectorMemory {
  private static final Logger LOG = LoggerFactory.getLogger(CollectorMemory.class);

  private final Path file;

  CollectorMemory(Path file) {
    this.file = file;
  }

  private record Remembered(
      @JsonProperty("files_say") CollectorSettings filesSay,
      @JsonProperty("heat_says") CollectorSettings heatSays) {}

  /** Where to ask, given what the machine's files say. */
  CollectorSettings recall(CollectorSettings filesSay) {
    try {
      Optional<Remembered> remembered =
          AtomicFile.read(file).map(content -> PodJson.read(content, Remembered.class));
      return remembered
          .filter(each -> filesSay.equals(each.filesSay()) && each.heatSays() != null)
          .map(Remembered::heatSays)
          .orElse(filesSay);
    } catch (IOException | JacksonException e) {
      LOG.warn("{} cannot be read, the machine's own files are followed: {}", file, e.toString());
      return filesSay;
    }
  }

  void remember(CollectorSettings filesSay, CollectorSettings heatSays) throws IOException {
    AtomicFile.write(file, PodJson.writeBytes(new Remembered(filesSay, heatSays)));
  }
}
