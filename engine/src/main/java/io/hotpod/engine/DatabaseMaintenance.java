package io.hotpod.engine;

import io.hotpod.engine.store.Database;

/** What is done with a database while no server runs on it. */
public final class DatabaseMaintenance {
  private DatabaseMaintenance() {}

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
