package io.hotpod.engine;

import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.DatabaseSettings;
import java.nio.file.Files;
import java.util.Map;

/** What is done with a database while no server runs on it. */
public final class DatabaseMaintenance {
  private DatabaseMaintenance() {}

  /**
   * Copies everything that a server on the embedded database knows into an empty PostgreSQL. The
   * source stays as it is.
   *
   * @param source of the server that is to move; its key file is the one of the copy
   * @return how many rows each table has there
   * @throws IllegalStateException when a server runs on either of them, the target is not empty, or
   *     there is no database in the source's directory
   */
  public static Map<String, Long> copy(EngineSettings source, DatabaseSettings.Postgresql target) {
    try (StateDirectory directory = StateDirectory.open(source.stateDirectory())) {
      if (!Files.exists(directory.databaseFile())) {
        throw new IllegalStateException(
            "there is no database in the state directory " + source.stateDirectory());
      }
      try (Database database =
          Database.openAlone(
              new DatabaseSettings.Embedded(), directory.databaseFile(), source.secretsKeyFile())) {
        return database.copyTo(target, source.clock().instant());
      }
    }
  }

  /**
   * Encrypts everything under a new key and forgets the old one. When it is broken off, calling it
   * again ends what was begun; until then the key file holds both keys, and servers run with it.
   *
   * @return how many texts were encrypted anew
   * @throws IllegalStateException when a server runs, or the key file is not the database's
   */
  public static long rotateKey(EngineSettings settings) {
    try (StateDirectory directory = StateDirectory.open(settings.stateDirectory());
        Database database =
            Database.openAlone(
                settings.database(), directory.databaseFile(), settings.secretsKeyFile())) {
      return database.rotateKey(settings.secretsKeyFile());
    }
  }
}
