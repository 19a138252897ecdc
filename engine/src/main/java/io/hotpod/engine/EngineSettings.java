package io.hotpod.engine;

import static java.util.Objects.requireNonNull;

import io.hotpod.engine.store.DatabaseSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * What an engine is started with.
 *
 * @param stateDirectory of this server alone; made when absent, readable by its owner only
 * @param ids makes UUIDs
 * @param database that it keeps everything in
 */
public record EngineSettings(
    Path stateDirectory, Clock clock, Supplier<String> ids, DatabaseSettings database) {
  public EngineSettings {
    requireNonNull(stateDirectory, "stateDirectory is null");
    requireNonNull(clock, "clock is null");
    requireNonNull(ids, "ids is null");
    requireNonNull(database, "database is null");
  }

  /** An engine on the embedded database of its state directory. */
  public EngineSettings(Path stateDirectory, Clock clock, Supplier<String> ids) {
    this(stateDirectory, clock, ids, new DatabaseSettings.Embedded());
  }

  /** The same on another database. */
  public EngineSettings on(DatabaseSettings other) {
    return new EngineSettings(stateDirectory, clock, ids, other);
  }
}
