package io.hotpod.engine.store;

import io.hotpod.engine.signal.GuestService;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What machines leave under signed URLs. */
public final class GuestObjectTable {
  private GuestObjectTable() {}

  /** Stores an object in place of the one that was there. */
  public static void save(
      Handle handle, String container, String name, GuestService.StoredObject object) {
    handle
        .createUpdate(
            """
            INSERT INTO guest_object (container, name, content, modified_at)
            VALUES (:container, :name, :content, :modifiedAt)
            ON CONFLICT (container, name) DO UPDATE SET content = excluded.content,
              modified_at = excluded.modified_at
            """)
        .bind("container", container)
        .bind("name", name)
        .bind("content", SealedColumn.GUEST_OBJECT_CONTENT.seal(handle, name, object.content()))
        .bind("modifiedAt", object.modifiedAt().toEpochMilli())
        .execute();
  }

  public static Optional<GuestService.StoredObject> find(
      Handle handle, String container, String name) {
    return handle
        .createQuery(
            """
            SELECT content, modified_at FROM guest_object
            WHERE container = :container AND name = :name
            """)
        .bind("container", container)
        .bind("name", name)
        .map(
            (row, context) ->
                new GuestService.StoredObject(
                    SealedColumn.GUEST_OBJECT_CONTENT.open(context, name, row.getString("content")),
                    Instant.ofEpochMilli(row.getLong("modified_at"))))
        .findOne();
  }

  /** Forgets everything in a container. */
  public static void delete(Handle handle, String container) {
    handle
        .createUpdate("DELETE FROM guest_object WHERE container = :container")
        .bind("container", container)
        .execute();
  }
}
