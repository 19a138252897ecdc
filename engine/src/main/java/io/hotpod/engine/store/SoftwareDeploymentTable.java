package io.hotpod.engine.store;

import io.hotpod.engine.config.SoftwareDeployment;
import io.hotpod.engine.stack.Status;
import io.hotpod.pod.PodJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import tools.jackson.databind.JsonNode;

/** Software deployments. The one place where their input and output values are written and read. */
public final class SoftwareDeploymentTable {
  private SoftwareDeploymentTable() {}

  public static void save(Handle handle, SoftwareDeployment deployment) {
    handle
        .createUpdate(
            """
            INSERT INTO software_deployment (id, project, server_id, config_id, resource_id, token,
              input_values, output_values, action, status, status_reason, created_at, updated_at)
            VALUES (:id, :project, :serverId, :configId, :resourceId, '', :inputValues, :outputValues,
              :action, :status, :statusReason, :createdAt, :updatedAt)
            ON CONFLICT (id) DO UPDATE SET server_id = excluded.server_id,
              config_id = excluded.config_id, input_values = excluded.input_values,
              output_values = excluded.output_values, action = excluded.action,
              status = excluded.status, status_reason = excluded.status_reason,
              updated_at = excluded.updated_at
            """)
        .bind("id", deployment.id())
        .bind("project", deployment.project())
        .bind("serverId", deployment.serverId())
        .bind("configId", deployment.configId())
        .bind("resourceId", deployment.resourceId().orElse(null))
        .bind(
            "inputValues",
            SealedColumn.SOFTWARE_DEPLOYMENT_INPUT_VALUES.seal(
                handle, deployment.id(), deployment.inputValues().toString()))
        .bind(
            "outputValues",
            SealedColumn.SOFTWARE_DEPLOYMENT_OUTPUT_VALUES.seal(
                handle, deployment.id(), deployment.outputValues().toString()))
        .bind("action", deployment.action())
        .bind("status", deployment.status().name())
        .bind("statusReason", deployment.statusReason())
        .bind("createdAt", deployment.createdAt().toEpochMilli())
        .bind("updatedAt", Columns.millis(deployment.updatedAt()))
        .execute();
  }

  public static Optional<SoftwareDeployment> find(Handle handle, String id) {
    return handle
        .createQuery("SELECT * FROM software_deployment WHERE id = :id")
        .bind("id", id)
        .map(SoftwareDeploymentTable::read)
        .findOne();
  }

  /** Oldest first. */
  public static List<SoftwareDeployment> list(
      Handle handle, String project, Optional<String> serverId) {
    Query query =
        handle.createQuery(
            "SELECT * FROM software_deployment WHERE project = :project"
                + (serverId.isPresent() ? " AND server_id = :serverId" : "")
                + " ORDER BY created_at, id");
    query.bind("project", project);
    serverId.ifPresent(id -> query.bind("serverId", id));
    return query.map(SoftwareDeploymentTable::read).list();
  }

  /** Whether a deployment has that config. */
  public static boolean uses(Handle handle, String configId) {
    return handle
            .createQuery("SELECT COUNT(*) FROM software_deployment WHERE config_id = :configId")
            .bind("configId", configId)
            .mapTo(Integer.class)
            .one()
        > 0;
  }

  public static int count(Handle handle, String project) {
    return handle
        .createQuery("SELECT COUNT(*) FROM software_deployment WHERE project = :project")
        .bind("project", project)
        .mapTo(Integer.class)
        .one();
  }

  public static void delete(Handle handle, String id) {
    handle.createUpdate("DELETE FROM software_deployment WHERE id = :id").bind("id", id).execute();
  }

  private static SoftwareDeployment read(ResultSet row, StatementContext context)
      throws SQLException {
    return new SoftwareDeployment(
        row.getString("id"),
        row.getString("project"),
        row.getString("server_id"),
        row.getString("config_id"),
        Columns.optionalText(row, "resource_id"),
        Columns.object(SealedColumn.SOFTWARE_DEPLOYMENT_INPUT_VALUES.open(context, row)),
        PodJson.read(
            SealedColumn.SOFTWARE_DEPLOYMENT_OUTPUT_VALUES.open(context, row), JsonNode.class),
        row.getString("action"),
        Status.valueOf(row.getString("status")),
        row.getString("status_reason"),
        Columns.instant(row, "created_at"),
        Columns.optionalInstant(row, "updated_at"));
  }
}
