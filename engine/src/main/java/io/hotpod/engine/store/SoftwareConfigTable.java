package io.hotpod.engine.store;

import io.hotpod.engine.config.SoftwareConfig;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Software configs; immutable. The one place where their inputs are written and read. */
public final class SoftwareConfigTable {
  private SoftwareConfigTable() {}

  /** Stores a config; storing it again changes nothing. */
  public static void insert(Handle handle, SoftwareConfig config) {
    handle
        .createUpdate(
            """
            INSERT INTO software_config (id, project, name, config_group, content, resource_id, created_at)
            VALUES (:id, :project, :name, :group, :content, :resourceId, :createdAt)
            ON CONFLICT (id) DO NOTHING
            """)
        .bind("id", config.id())
        .bind("project", config.project())
        .bind("name", config.name())
        .bind("group", config.group())
        .bind(
            "content",
            SealedColumn.SOFTWARE_CONFIG_CONTENT.seal(
                handle, config.id(), content(config).toString()))
        .bind("resourceId", config.resourceId().orElse(null))
        .bind("createdAt", config.createdAt().toEpochMilli())
        .execute();
  }

  private static ObjectNode content(SoftwareConfig config) {
    ObjectNode content = JsonNodeFactory.instance.objectNode();
    content.set("config", config.config());
    content.set("inputs", config.inputs());
    content.set("outputs", config.outputs());
    content.set("options", config.options());
    return content;
  }

  public static Optional<SoftwareConfig> find(Handle handle, String id) {
    return handle
        .createQuery("SELECT * FROM software_config WHERE id = :id")
        .bind("id", id)
        .map(SoftwareConfigTable::read)
        .findOne();
  }

  /** Given ones by id, behind a marker; derived ones belong to their deployments. */
  public static List<SoftwareConfig> list(
      Handle handle, String project, Optional<Integer> limit, Optional<String> marker) {
    Query query =
        handle.createQuery(
            "SELECT * FROM software_config WHERE project = :project AND id > :marker ORDER BY id"
                + (limit.isPresent() ? " LIMIT :limit" : ""));
    query.bind("project", project).bind("marker", marker.orElse(""));
    limit.ifPresent(most -> query.bind("limit", most));
    return query.map(SoftwareConfigTable::read).list();
  }

  /**
   * The configs of deployments, each as often as it is deployed, in no order.
   *
   * @param serverId of one machine only; empty for the deployments of a whole project
   */
  public static List<SoftwareConfig> ofDeployments(
      Handle handle, String project, Optional<String> serverId) {
    Query query =
        handle.createQuery(
            """
            SELECT software_config.* FROM software_config
            JOIN software_deployment ON software_deployment.config_id = software_config.id
            WHERE software_deployment.project = :project%s
            """
                .formatted(
                    serverId.isPresent() ? " AND software_deployment.server_id = :serverId" : ""));
    query.bind("project", project);
    serverId.ifPresent(id -> query.bind("serverId", id));
    return query.map(SoftwareConfigTable::read).list();
  }

  public static int count(Handle handle, String project) {
    return handle
        .createQuery("SELECT COUNT(*) FROM software_config WHERE project = :project")
        .bind("project", project)
        .mapTo(Integer.class)
        .one();
  }

  public static void delete(Handle handle, String project, String id) {
    handle
        .createUpdate("DELETE FROM software_config WHERE id = :id AND project = :project")
        .bind("id", id)
        .bind("project", project)
        .execute();
  }

  private static SoftwareConfig read(ResultSet row, StatementContext context) throws SQLException {
    ObjectNode content = Columns.object(SealedColumn.SOFTWARE_CONFIG_CONTENT.open(context, row));
    return new SoftwareConfig(
        row.getString("id"),
        row.getString("project"),
        row.getString("name"),
        row.getString("config_group"),
        content.path("config"),
        (ArrayNode) content.path("inputs"),
        (ArrayNode) content.path("outputs"),
        (ObjectNode) content.path("options"),
        Columns.optionalText(row, "resource_id"),
        Columns.instant(row, "created_at"));
  }
}
