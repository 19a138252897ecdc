package io.hotpod.engine;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * What an engine is started with.
 *
 * @param stateDirectory of this server alone; made when absent, readable by its owner only
 * @param ids makes UUIDs
 */
public record EngineSettings(Path stateDirectory, Clock clock, Supplier<String> ids) {
  public EngineSettings {
    requireNonNull(stateDirectory, "stateDirectory is null");
    requireNonNull(clock, "clock is null");
    requireNonNull(ids, "ids is null");
  }
}
