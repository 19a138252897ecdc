package io.hotpod.engine;

import static java.util.Objects.requireNonNull;

import io.hotpod.engine.keeping.Retention;
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
 * @param secretsKeyFile with the keys under which secrets in the database are encrypted
 * @param limits of what it takes in
 * @param retention of what is over
 * @param retries of steps whose failure may pass
 */
public record EngineSettings(
    Path stateDirectory,
    Clock clock,
    Supplier<String> ids,
    DatabaseSettings database,
    Path secretsKeyFile,
    EngineLimits limits,
    Retention retention,
    Retries retries) {
  /** What the key file is called in a state directory. */
  public static final String SECRETS_KEY_FILE = "secrets.key";

  public EngineSettings {
    requireNonNull(stateDirectory, "stateDirectory is null");
    requireNonNull(clock, "clock is null");
    requireNonNull(ids, "ids is null");
    requireNonNull(database, "database is null");
    requireNonNull(secretsKeyFile, "secretsKeyFile is null");
    requireNonNull(limits, "limits is null");
    requireNonNull(retention, "retention is null");
    requireNonNull(retries, "retries is null");
  }

  /** An engine on the embedded database of its state directory, with the key file there. */
  public EngineSettings(Path stateDirectory, Clock clock, Supplier<String> ids) {
    this(
        stateDirectory,
        clock,
        ids,
        new DatabaseSettings.Embedded(),
        stateDirectory.resolve(SECRETS_KEY_FILE),
        EngineLimits.DEFAULT,
        Retention.DEFAULT,
        Retries.DEFAULT);
  }

  /** The same on another database. */
  public EngineSettings on(DatabaseSettings other) {
    return new EngineSettings(
        stateDirectory, clock, ids, other, secretsKeyFile, limits, retention, retries);
  }

  /** The same with another key file, such as one that several servers share. */
  public EngineSettings withSecretsKeyFile(Path other) {
    return new EngineSettings(
        stateDirectory, clock, ids, database, other, limits, retention, retries);
  }

  /** The same with other limits. */
  public EngineSettings withLimits(EngineLimits other) {
    return new EngineSettings(
        stateDirectory, clock, ids, database, secretsKeyFile, other, retention, retries);
  }

  /** The same with other times after which things are forgotten. */
  public EngineSettings withRetention(Retention other) {
    return new EngineSettings(
        stateDirectory, clock, ids, database, secretsKeyFile, limits, other, retries);
  }

  /** The same with other attempts after failures. */
  public EngineSettings withRetries(Retries other) {
    return new EngineSettings(
        stateDirectory, clock, ids, database, secretsKeyFile, limits, retention, other);
  }
}
