package io.hotpod.engine.config;

import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.PodConfigTable;
import java.time.Clock;
import java.util.Optional;

/** The stored pod configurations. Thread-safe. */
public final class PodConfigs {
  private final Database database;
  private final Clock clock;

  public PodConfigs(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Stores a configuration; the same id again is the same configuration. */
  public void store(PodConfig config) {
    database
        .writer()
        .write(
            handle -> {
              PodConfigTable.insert(handle, config, clock.instant());
              return config;
            });
  }

  public Optional<PodConfig> find(String project, String id) {
    return database.read(handle -> PodConfigTable.find(handle, project, id));
  }

  /** Forgets a configuration; one that is not there is forgotten. */
  public void delete(String project, String id) {
    database
        .writer()
        .write(
            handle -> {
              PodConfigTable.delete(handle, project, id);
              return id;
            });
  }
}
