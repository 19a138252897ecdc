package io.hotpod.agent.source.heat;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What an agent under a stock Heat needs to know.
 *
 * @param files that tell where Heat is
 * @param stateDirectory for the signals and for what Heat said about its own place
 * @param pollInterval the longest time between two questions; empty takes os-collect-config's, or
 *     ten seconds
 */
public record HeatSettings(
    InstanceFiles files, Path stateDirectory, Optional<Duration> pollInterval) {
  static final Duration USUAL_INTERVAL = Duration.ofSeconds(10);

  public HeatSettings {
    requireNonNull(files, "files is null");
    requireNonNull(stateDirectory, "stateDirectory is null");
    requireNonNull(pollInterval, "pollInterval is null");
  }
}
