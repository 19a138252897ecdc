package io.hotpod.engine.store;

import io.hotpod.engine.servers.Server;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Servers on the database. */
public final class ServerTable {
  private ServerTable() {}

  /**
   * A server and where it is reached.
   *
   * @param address empty when it does not say
   */
  public record StoredPeer(String id, String host, String address) {}

  /**
   * Adds a server, or takes the time when it was last seen and where it is reached.
   *
   * @param address empty when it does not say
   */
  public static void put(Handle handle, Server server, String address) {
    handle
        .createUpdate(
            """
            INSERT INTO server (id, host, started_at, seen_at, peer)
            VALUES (:id, :host, :startedAt, :seenAt, :peer)
            ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at, peer = excluded.peer
            """)
        .bind("id", server.id())
        .bind("host", server.host())
        .bind("startedAt", server.startedAt().toEpochMilli())
        .bind("seenAt", server.seenAt().toEpochMilli())
        .bind("peer", SealedColumn.SERVER_PEER.seal(handle, server.id(), address))
        .execute();
  }

  /** A server by its id. */
  public static Optional<StoredPeer> peer(Handle handle, String id) {
    return handle
        .createQuery("SELECT id, host, peer FROM server WHERE id = :id")
        .bind("id", id)
        .map(
            (row, context) ->
                new StoredPeer(
                    row.getString("id"),
                    row.getString("host"),
                    SealedColumn.SERVER_PEER.open(context, row)))
        .findOne();
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
