package io.hotpod.agent.source.heat;

import io.hotpod.agent.source.SourceException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Fetches the metadata of this server, as os-collect-config does. For one thread. */
interface Collector {
  /**
   * The whole metadata document: an object with {@code deployments}.
   *
   * @return empty when it has not changed since it was last fetched
   * @throws SourceException when it could not be fetched
   */
  Optional<JsonNode> collect() throws InterruptedException;
}
