package io.hotpod.agent.source.heat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.agent.source.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds out where this machine's Heat is, from what an image for os-collect-config has anyway: its
 * configuration, else what cloud-init left, else the list of deployments that os-collect-config
 * writes.
 */
final class CollectorFinder {
  private final InstanceFiles files;

  CollectorFinder(InstanceFiles files) {
    this.files = files;
  }

  /**
   * What the machine's files say.
   *
   * @param pollingInterval as os-collect-config is told
   */
  record Found(CollectorSettings settings, Optional<Duration> pollingInterval) {}

  /**
   * Looks again each time, since cloud-init may not be done yet.
   *
   * @throws SourceException when no file tells it, with the places that were looked at
   */
  Found find() {
    JsonNode configuration = OsCollectConfig.read(text(files.osCollectConfig()).orElse(""));
    Optional<Duration> interval = interval(configuration.path("DEFAULT"));
    Optional<CollectorSettings> configured =
        CollectorSettings.of(withCfnServer(configuration)).or(this::fromCloudInit);
    if (configured.isPresent()) {
      return new Found(configured.get(), interval);
    }
    if (Files.exists(files.heatConfig())) {
      return new Found(new CollectorSettings.Local(files.heatConfig().toString()), interval);
    }
    throw new SourceException(
        "nothing tells this machine where its Heat is: neither "
            + files.osCollectConfig()
            + " nor "
            + files.cfnInitData()
            + " nor "
            + files.heatConfig()
            + "; the server needs user_data_format SOFTWARE_CONFIG, or a configuration of"
            + " os-collect-config");
  }

  private Optional<CollectorSettings> fromCloudInit() {
    for (Path file : files.cfnInitData()) {
      Optional<String> content = text(file);
      if (content.isPresent()) {
        try {
          return CollectorSettings.of(
              JsonMapper.shared().readTree(content.get()).path("os-collect-config"));
        } catch (JacksonException e) {
          throw new SourceException("reading " + file + ": it is not JSON", e);
        }
      }
    }
    return Optional.empty();
  }

  /** The CFN URL may stand in a file of its own. */
  private JsonNode withCfnServer(JsonNode configuration) {
    if (configuration.path("cfn") instanceof ObjectNode cfn && !cfn.has("metadata_url")) {
      text(files.cfnMetadataServer())
          .ifPresent(server -> cfn.put("metadata_url", server.strip() + "/v1/"));
    }
    return configuration;
  }

  private static Optional<Duration> interval(JsonNode section) {
    try {
      return Optional.of(section.path("polling_interval").asString(""))
          .filter(value -> !value.isEmpty())
          .map(value -> Duration.ofMillis((long) (Double.parseDouble(value) * 1000)))
          .filter(value -> value.toMillis() >= 100 && value.toDays() < 1);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(Path file) {
    try {
      return Files.isRegularFile(file)
          ? Optional.of(new String(Files.readAllBytes(file), UTF_8))
          : Optional.empty();
    } catch (IOException e) {
      throw new SourceException("reading " + file + ": " + e, e);
    }
  }
}
