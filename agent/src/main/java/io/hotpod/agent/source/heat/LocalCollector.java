package io.hotpod.agent.source.heat;

import io.hotpod.agent.source.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** The local heat-config file: the list of deployments alone, or a whole metadata document. */
final class LocalCollector implements Collector {
  private final Path file;
  private byte[] seen = {};

  LocalCollector(Path file) {
    this.file = file;
  }

  @Override
  public Optional<JsonNode> collect() {
    try {
      byte[] content = Files.readAllBytes(file);
      if (content.length > 0 && Arrays.equals(content, seen)) {
        return Optional.empty();
      }
      JsonNode read = JsonMapper.shared().readTree(content);
      seen = content;
      return Optional.of(
          read.isArray() ? JsonNodeFactory.instance.objectNode().set("deployments", read) : read);
    } catch (IOException e) {
      throw new SourceException("reading the deployments from " + file + ": " + e, e);
    } catch (JacksonException e) {
      throw new SourceException("reading the deployments from " + file + ": it is not JSON", e);
    }
  }
}
