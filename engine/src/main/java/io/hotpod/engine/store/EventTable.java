package io.hotpod.engine.store;

import io.hotpod.engine.event.Event;
import io.hotpod.engine.event.EventFilter;
import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;

/** Events; the database numbers them. */
public final class EventTable {
  private static final String INSERT =
      """
      INSERT INTO event (id, stack_id, time, resource_name, resource_type, physical_id,
        action, status, reason)
      VALUES (:id, :stackId, :time, :resourceName, :resourceType, :physicalId, :action,
        :status, :reason)
      """;

  private EventTable() {}

  /** Adds an event; its own number is not looked at. */
  public static void insert(Handle handle, Event event) {
    insert(handle, INSERT, event);
  }

  /**
   * Adds an event unless there is one of its id.
   *
   * @return whether it was added
   */
  public static boolean insertOnce(Handle handle, Event event) {
    return insert(handle, INSERT + "ON CONFLICT (id) DO NOTHING", event) == 1;
  }

  /** Adds events in their order. */
  static void insertAll(Handle handle, List<Event> events) {
    if (events.isEmpty()) {
      return;
    }
    PreparedBatch batch = handle.prepareBatch(INSERT);
    events.forEach(event -> bind(batch, event).add());
    batch.execute();
  }

  private static int insert(Handle handle, String sql, Event event) {
    return bind(handle.createUpdate(sql), event).execute();
  }

  private static <S extends SqlStatement<S>> S bind(S statement, Event event) {
    return statement
        .bind("id", event.id())
        .bind("stackId", event.stackId())
        .bind("time", event.time().toEpochMilli())
        .bind("resourceName", event.resourceName())
        .bind("resourceType", event.resourceType())
        .bind("physicalId", event.physicalId())
        .bind("action", event.action().name())
        .bind("status", event.status().name())
        .bind("reason", event.reason());
  }

  public static Optional<Event> find(Handle handle, String stackId, String id) {
    return handle
        .createQuery("SELECT * FROM event WHERE stack_id = :stackId AND id = :id")
        .bind("stackId", stackId)
        .bind("id", id)
        .map((row, context) -> read(row))
        .findOne();
  }

  public static List<Event> list(Handle handle, String stackId, EventFilter filter) {
    Optional<Long> marker =
        filter.marker().flatMap(id -> find(handle, stackId, id)).map(Event::number);
    StringBuilder sql = new StringBuilder("SELECT * FROM event WHERE stack_id = :stackId");
    if (filter.resourceName().isPresent()) {
      sql.append(" AND resource_name = :resourceName");
    }
    if (marker.isPresent()) {
      sql.append(filter.ascending() ? " AND number > :marker" : " AND number < :marker");
    }
    sql.append(filter.ascending() ? " ORDER BY number ASC" : " ORDER BY number DESC");
    if (filter.limit().isPresent()) {
      sql.append(" LIMIT :limit");
    }
    Query query = handle.createQuery(sql).bind("stackId", stackId);
    filter.resourceName().ifPresent(name -> query.bind("resourceName", name));
    marker.ifPresent(number -> query.bind("marker", number));
    filter.limit().ifPresent(limit -> query.bind("limit", limit));
    return query.map((row, context) -> read(row)).list();
  }

  private static Event read(ResultSet row) throws SQLException {
    return new Event(
        row.getString("id"),
        row.getLong("number"),
        row.getString("stack_id"),
        Columns.instant(row, "time"),
        row.getString("resource_name"),
        row.getString("resource_type"),
        row.getString("physical_id"),
        Action.valueOf(row.getString("action")),
        Status.valueOf(row.getString("status")),
        row.getString("reason"));
  }
}
