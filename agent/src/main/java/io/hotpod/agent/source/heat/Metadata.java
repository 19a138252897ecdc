package io.hotpod.agent.source.heat;

import io.hotpod.agent.source.SourceException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** The metadata of this server, from wherever it has to be fetched now. For one thread. */
final class Metadata {
  private static final Logger LOG = LoggerFactory.getLogger(Metadata.class);

  private final CollectorFinder finder;
  private final CollectorMemory memory;
  private final CollectorFactory collectors;
  private final Optional<Duration> pollInterval;
  private Optional<CollectorFinder.Found> found = Optional.empty();
  private Optional<CollectorSettings> current = Optional.empty();
  private Optional<Collector> collector = Optional.empty();

  Metadata(HeatSettings settings, CollectorFactory collectors) {
    this.finder = new CollectorFinder(settings.files());
    this.memory = new CollectorMemory(settings.stateDirectory().resolve("heat-collector.json"));
    this.collectors = collectors;
    this.pollInterval = settings.pollInterval();
  }

  /**
   * Fetches it.
   *
   * @return empty when nothing has changed
   * @throws SourceException when it could not be fetched
   */
  Optional<JsonNode> fetch() throws InterruptedException {
    if (collector.isEmpty()) {
      CollectorFinder.Found now = finder.find();
      found = Optional.of(now);
      follow(memory.recall(now.settings()));
    }
    Optional<JsonNode> document = collector.orElseThrow().collect();
    document
        .flatMap(each -> CollectorSettings.of(each.path("os-collect-config")))
        .ifPresent(this::move);
    return document;
  }

  /** The machine's own file is followed whatever stands in the documents of others. */
  private void move(CollectorSettings told) {
    CollectorSettings asked = current.orElseThrow();
    if (told.equals(asked) || asked instanceof CollectorSettings.Local) {
      return;
    }
    try {
      memory.remember(found.orElseThrow().settings(), told);
      follow(told);
    } catch (IOException e) {
      LOG.warn("where Heat is to be asked from now on cannot be written to disk: {}", e.toString());
    }
  }

  private void follow(CollectorSettings settings) {
    LOG.info("deployments come from {}", settings);
    current = Optional.of(settings);
    collector = Optional.of(collectors.of(settings));
  }

  /** The longest time between two questions. */
  Duration interval() {
    return pollInterval
        .or(() -> found.flatMap(CollectorFinder.Found::pollingInterval))
        .orElse(HeatSettings.USUAL_INTERVAL);
  }
}
