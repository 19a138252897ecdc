package io.hotpod.engine.store;

import io.hotpod.engine.signal.StoredSignal;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What resources were told by others, and since when somebody waits for that. */
public final class SignalTable {
  private SignalTable() {}

  /** Stores a signal; one of the same id is overwritten and keeps its place. */
  public static void save(Handle handle, String resourceId, StoredSignal signal, Instant now) {
    handle
        .createUpdate(
            """
            INSERT INTO signal (resource_id, signal_id, position, content, received_at)
            VALUES (:resourceId, :signalId, (SELECT COUNT(*) FROM signal WHERE resource_id = :resourceId),
              :content, :now)
            ON CONFLICT (resource_id, signal_id) DO UPDATE SET content = excluded.content,
              received_at = excluded.received_at
            """)
        .bind("resourceId", resourceId)
        .bind("signalId", signal.id())
        .bind(
            "content",
            SealedColumn.SIGNAL_CONTENT.seal(handle, resourceId, signal.content().toString()))
        .bind("now", now.toEpochMilli())
        .execute();
  }

  public static int count(Handle handle, String resourceId) {
    return handle
        .createQuery("SELECT COUNT(*) FROM signal WHERE resource_id = :resourceId")
        .bind("resourceId", resourceId)
        .mapTo(Integer.class)
        .one();
  }

  /** In the order in which their ids came first. */
  public static List<StoredSignal> ofResource(Handle handle, String resourceId) {
    return handle
        .createQuery(
            """
            SELECT signal_id, content FROM signal WHERE resource_id = :resourceId
            ORDER BY position, signal_id
            """)
        .bind("resourceId", resourceId)
        .map(
            (row, context) ->
                new StoredSignal(
                    row.getString("signal_id"),
                    Columns.object(
                        SealedColumn.SIGNAL_CONTENT.open(
                            context, resourceId, row.getString("content")))))
        .list();
  }

  public static void delete(Handle handle, String resourceId) {
    handle
        .createUpdate("DELETE FROM signal WHERE resource_id = :resourceId")
        .bind("resourceId", resourceId)
        .execute();
  }

  /**
   * When a modification began to wait.
   *
   * @param now stored when it begins
   */
  public static Instant waitingSince(Handle handle, String resourceId, String token, Instant now) {
    handle
        .createUpdate(
            """
            INSERT INTO wait_start (resource_id, token, started_at)
            VALUES (:resourceId, :token, :now)
            ON CONFLICT (resource_id) DO UPDATE SET token = excluded.token,
              started_at = excluded.started_at
            WHERE wait_start.token <> excluded.token
            """)
        .bind("resourceId", resourceId)
        .bind("token", token)
        .bind("now", now.toEpochMilli())
        .execute();
    return handle
        .createQuery("SELECT started_at FROM wait_start WHERE resource_id = :resourceId")
        .bind("resourceId", resourceId)
        .mapTo(Long.class)
        .map(Instant::ofEpochMilli)
        .one();
  }

  /** The wait is over. */
  public static void forgetWait(Handle handle, String resourceId) {
    handle
        .createUpdate("DELETE FROM wait_start WHERE resource_id = :resourceId")
        .bind("resourceId", resourceId)
        .execute();
  }
}
