package io.hotpod.engine.store;

import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Desired and observed pods. */
public final class PodTable {
  private PodTable() {}

  /** A desired pod and where it belongs. */
  public record DesiredRow(String instanceId, String stackId, String resourceName, DesiredPod pod) {
    /** The same with another pod in its place. */
    public DesiredRow with(DesiredPod other) {
      return new DesiredRow(instanceId, stackId, resourceName, other);
    }
  }

  /** An observed pod and where it was seen. */
  public record ObservedRow(String instanceId, ObservedPod pod, Instant observedAt) {}

  /** Adds or changes a desired pod; a changed one keeps its position. */
  public static void saveDesired(Handle handle, DesiredRow desired, long position) {
    handle
        .createUpdate(
            """
            INSERT INTO desired_pod (id, instance_id, stack_id, resource_name, position, content)
            VALUES (:id, :instanceId, :stackId, :resourceName, :position, :content)
            ON CONFLICT (id) DO UPDATE SET content = excluded.content
            """)
        .bind("id", desired.pod().id())
        .bind("instanceId", desired.instanceId())
        .bind("stackId", desired.stackId())
        .bind("resourceName", desired.resourceName())
        .bind("position", position)
        .bind(
            "content",
            SealedColumn.DESIRED_POD_CONTENT.seal(
                handle, desired.pod().id(), PodJson.write(desired.pod())))
        .execute();
  }

  /** Changes which resource a desired pod is of. */
  public static void handOver(Handle handle, String id, String stackId, String resourceName) {
    handle
        .createUpdate(
            """
            UPDATE desired_pod SET stack_id = :stackId, resource_name = :resourceName
            WHERE id = :id
            """)
        .bind("id", id)
        .bind("stackId", stackId)
        .bind("resourceName", resourceName)
        .execute();
  }

  public static boolean deleteDesired(Handle handle, String id) {
    return handle.createUpdate("DELETE FROM desired_pod WHERE id = :id").bind("id", id).execute()
        == 1;
  }

  public static Optional<DesiredRow> findDesired(Handle handle, String id) {
    return handle
        .createQuery("SELECT * FROM desired_pod WHERE id = :id")
        .bind("id", id)
        .map(PodTable::readDesired)
        .findOne();
  }

  /** In the order in which they were first asked for. */
  public static List<DesiredRow> desiredOfInstance(Handle handle, String instanceId) {
    return handle
        .createQuery(
            "SELECT * FROM desired_pod WHERE instance_id = :instanceId ORDER BY position, id")
        .bind("instanceId", instanceId)
        .map(PodTable::readDesired)
        .list();
  }

  /** A deployment can have an old and a new pod for a while. */
  public static List<ObservedPod> observedOfPod(Handle handle, String instanceId, String id) {
    return handle
        .createQuery("SELECT * FROM observed_pod WHERE instance_id = :instanceId AND id = :id")
        .bind("instanceId", instanceId)
        .bind("id", id)
        .map((row, context) -> readObserved(row, context).pod())
        .list();
  }

  public static List<ObservedRow> observedOfInstance(Handle handle, String instanceId) {
    return handle
        .createQuery("SELECT * FROM observed_pod WHERE instance_id = :instanceId")
        .bind("instanceId", instanceId)
        .map(PodTable::readObserved)
        .list();
  }

  public static void saveObserved(
      Handle handle, String instanceId, ObservedPod pod, Instant observedAt) {
    handle
        .createUpdate(
            """
            INSERT INTO observed_pod (id, instance_id, token, content, observed_at)
            VALUES (:id, :instanceId, :token, :content, :observedAt)
            ON CONFLICT (instance_id, id, token) DO UPDATE SET content = excluded.content,
              observed_at = excluded.observed_at
            """)
        .bind("id", pod.id())
        .bind("instanceId", instanceId)
        .bind("token", pod.token().value())
        .bind(
            "content", SealedColumn.OBSERVED_POD_CONTENT.seal(handle, pod.id(), PodJson.write(pod)))
        .bind("observedAt", observedAt.toEpochMilli())
        .execute();
  }

  public static void deleteObserved(Handle handle, String instanceId, ObservedPod pod) {
    handle
        .createUpdate(
            """
            DELETE FROM observed_pod
            WHERE instance_id = :instanceId AND id = :id AND token = :token
            """)
        .bind("instanceId", instanceId)
        .bind("id", pod.id())
        .bind("token", pod.token().value())
        .execute();
  }

  public static void deleteObservedOfInstance(Handle handle, String instanceId) {
    handle
        .createUpdate("DELETE FROM observed_pod WHERE instance_id = :instanceId")
        .bind("instanceId", instanceId)
        .execute();
  }

  private static DesiredRow readDesired(ResultSet row, StatementContext context)
      throws SQLException {
    return new DesiredRow(
        row.getString("instance_id"),
        row.getString("stack_id"),
        row.getString("resource_name"),
        PodJson.read(SealedColumn.DESIRED_POD_CONTENT.open(context, row), DesiredPod.class));
  }

  private static ObservedRow readObserved(ResultSet row, StatementContext context)
      throws SQLException {
    return new ObservedRow(
        row.getString("instance_id"),
        PodJson.read(SealedColumn.OBSERVED_POD_CONTENT.open(context, row), ObservedPod.class),
        Columns.instant(row, "observed_at"));
  }
}
