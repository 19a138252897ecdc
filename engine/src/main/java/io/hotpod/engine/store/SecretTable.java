package io.hotpod.engine.store;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Secrets of the server itself; the one place where they are written and read. */
public final class SecretTable {
  private SecretTable() {}

  /**
   * A secret by its name, storing one when there is none.
   *
   * @param proposed is stored, and given back, when the secret is new
   */
  public static String findOrStore(Handle handle, String name, String proposed) {
    String stored =
        findOrStoreSealed(handle, name, SealedColumn.SECRET_VALUE.seal(handle, name, proposed));
    return handle
        .getConfig(Sealing.class)
        .sealer()
        .open(SealedColumn.SECRET_VALUE.place(name), stored);
  }

  /** The same of what is sealed already. */
  static String findOrStoreSealed(Handle handle, String name, String sealed) {
    handle
        .createUpdate(
            "INSERT INTO secret (name, value) VALUES (:name, :value) ON CONFLICT (name) DO NOTHING")
        .bind("name", name)
        .bind("value", sealed)
        .execute();
    return stored(handle, name).orElseThrow();
  }

  /** Writes something that changes nothing. */
  static int touch(Handle handle) {
    return handle.execute("UPDATE secret SET value = value");
  }

  /** Reads something that says nothing. */
  static void touchNothing(Handle handle) {
    handle.execute("SELECT 1");
  }

  /** A secret as it is stored. */
  static Optional<String> stored(Handle handle, String name) {
    return handle
        .createQuery("SELECT value FROM secret WHERE name = :name")
        .bind("name", name)
        .mapTo(String.class)
        .findOne();
  }
}
