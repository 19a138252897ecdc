package io.hotpod.engine.store;

import io.hotpod.engine.config.PodConfig;
import io.hotpod.pod.PodJson;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Pod configurations; immutable. */
public final class PodConfigTable {
  private PodConfigTable() {}

  /** Stores a configuration; storing it again changes nothing. */
  public static void insert(Handle handle, PodConfig config, Instant now) {
    handle
        .createUpdate(
            """
            INSERT INTO pod_config (id, project, content, created_at)
            VALUES (:id, :project, :content, :now)
            ON CONFLICT (id) DO NOTHING
            """)
        .bind("id", config.id())
        .bind("project", config.project())
        .bind(
            "content",
            SealedColumn.POD_CONFIG_CONTENT.seal(handle, config.id(), PodJson.write(config)))
        .bind("now", now.toEpochMilli())
        .execute();
  }

  public static Optional<PodConfig> find(Handle handle, String project, String id) {
    return handle
        .createQuery("SELECT content FROM pod_config WHERE id = :id AND project = :project")
        .bind("id", id)
        .bind("project", project)
        .map(
            (row, context) ->
                SealedColumn.POD_CONFIG_CONTENT.open(context, id, row.getString("content")))
        .findOne()
        .map(content -> PodJson.read(content, PodConfig.class));
  }

  public static void delete(Handle handle, String project, String id) {
    handle
        .createUpdate("DELETE FROM pod_config WHERE id = :id AND project = :project")
        .bind("id", id)
        .bind("project", project)
        .execute();
  }
}
