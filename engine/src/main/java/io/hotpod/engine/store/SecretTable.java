package io.hotpod.engine.store;

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
    handle
        .createUpdate(
            "INSERT INTO secret (name, value) VALUES (:name, :value) ON CONFLICT (name) DO NOTHING")
        .bind("name", name)
        .bind("value", proposed)
        .execute();
    return handle
        .createQuery("SELECT value FROM secret WHERE name = :name")
        .bind("name", name)
        .mapTo(String.class)
        .one();
  }
}
