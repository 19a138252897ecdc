package io.hotpod.engine.store;

import io.hotpod.engine.servers.Server;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Servers on the database. */
public final class ServerTable {
  private ServerTable() {}

  /** Adds a server, or takes the time when it was last seen. */
  public static void put(Handle handle, Server server) {
    handle
        .createUpdate(
            """
            INSERT INTO server (id, host, started_at, seen_at)
            VALUES (:id, :host, :startedAt, :seenAt)
            ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at
            """)
        .bind("id", server.id())
        .bind("host", server.host())
        .bind("startedAt", server.startedAt().toEpochMilli())
        .bind("seenAt", server.seenAt().toEpochMilli())
        .execute();
  }

  public static void remove(Handle handle, String id) {
    handle.createUpdate("DELETE FROM server WHERE id = :id").bind("id", id).execute();
  }

  /** Removes all. */
  public static void clear(Handle handle) {
    handle.createUpdate("DELETE FROM server").execute();
  }

  /** Removes those that were not seen since a time. */
  public static void forget(Handle handle, Instant before) {
    handle
        .createUpdate("DELETE FROM server WHERE seen_at < :before")
        .bind("before", before.toEpochMilli())
        .execute();
  }

  /** Those that were seen since a time, the oldest first. */
  public static List<Server> since(Handle handle, Instant since) {
    return handle
        .createQuery("SELECT * FROM server WHERE seen_at >= :since ORDER BY started_at, id")
        .bind("since", since.toEpochMilli())
        .map(
            (row, context) ->
                new Server(
                    row.getString("id"),
                    row.getString("host"),
                    Columns.instant(row, "started_at"),
                    Columns.instant(row, "seen_at")))
        .list();
  }
}
