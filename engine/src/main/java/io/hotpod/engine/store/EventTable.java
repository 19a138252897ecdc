package io.hotpod.engine.store;

import io.hotpod.engine.event.Event;
import io.hotpod.engine.event.EventFilter;
import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Events; the database numbers them. */
public final class EventTable {
  private static final String INSERT =
      """
      INSERT INTO event (id, stack_id, time, resource_name, resource_type, physical_id,
        action, status, reason, resource_id)
      VALUES (:id, :stackId, :time, :resourceName, :resourceType, :physicalId, :action,
        :status, :reason, :resourceId)
      """;

  /** A stack and those inside it, deleted ones too: their events stay. */
  private static final String TREE =
      """
      WITH RECURSIVE tree (id, depth) AS (
        SELECT id, 0 FROM stack WHERE id = :stackId
        UNION ALL
        SELECT stack.id, tree.depth + 1 FROM stack JOIN tree ON stack.owner_id = tree.id
        WHERE tree.depth < :depth)
      """;

  private EventTable() {}

  /** Adds an event; its own number is not looked at. */
  public static void insert(Handle handle, Event event) {
    later(handle, event).execute();
  }

  /**
   * Adds an event unless there is one of its id.
   *
   * @return whether it was added
   */
  public static boolean insertOnce(Handle handle, Event event) {
    Update insert = handle.createUpdate(INSERT + "ON CONFLICT (id) DO NOTHING");
    values(event, insert::bind);
    return insert.execute() == 1;
  }

  /** Adds events in their order. */
  static void insertAll(Handle handle, List<Event> events) {
    Later.executeAll(events.stream().map(event -> later(handle, event)).toList());
  }

  private static Later later(Handle handle, Event event) {
    Later insert = Later.update(handle, INSERT);
    values(event, insert::bind);
    return insert;
  }

  private static void values(Event event, BiConsumer<String, @Nullable Object> bind) {
    bind.accept("id", event.id());
    bind.accept("stackId", event.stackId());
    bind.accept("time", event.time().toEpochMilli());
    bind.accept("resourceName", event.resourceName());
    bind.accept("resourceType", event.resourceType());
    bind.accept("physicalId", event.physicalId());
    bind.accept("action", event.action().name());
    bind.accept("status", event.status().name());
    bind.accept("reason", event.reason());
    bind.accept("resourceId", event.resourceId().orElse(null));
  }

  /** An event of any stack. */
  public static Optional<Event> find(Handle handle, String id) {
    return handle
        .createQuery("SELECT * FROM event WHERE id = :id")
        .bind("id", id)
        .map((row, context) -> read(row))
        .findOne();
  }

  public static Optional<Event> find(Handle handle, String stackId, String id) {
    return handle
        .createQuery("SELECT * FROM event WHERE stack_id = :stackId AND id = :id")
        .bind("stackId", stackId)
        .bind("id", id)
        .map((row, context) -> read(row))
        .findOne();
  }

  /** Those of a stack, and of the stacks inside it as deep as the filter says. */
  public static List<Event> list(Handle handle, String stackId, EventFilter filter) {
    List<String> conditions = new ArrayList<>();
    Map<String, List<String>> lists = new LinkedHashMap<>();
    oneOf("resource_name", filter.names(), conditions, lists);
    oneOf("resource_type", filter.types(), conditions, lists);
    oneOf("action", filter.actions().stream().map(Enum::name).toList(), conditions, lists);
    oneOf("status", filter.statuses().stream().map(Enum::name).toList(), conditions, lists);
    boolean byType = filter.order().byType();
    String beyond = filter.order().ascending() ? ">" : "<";
    String direction = filter.order().ascending() ? " ASC" : " DESC";
    Optional<Event> marker =
        filter
            .marker()
            .flatMap(id -> filter.depth() > 0 ? find(handle, id) : find(handle, stackId, id));
    if (marker.isPresent()) {
      String later = "number " + beyond + " :marker";
      conditions.add(
          byType
              ? "(resource_type %s :markerType OR (resource_type = :markerType AND %s))"
                  .formatted(beyond, later)
              : later);
    }
    String sql =
        (filter.depth() > 0 ? TREE : "")
            + "SELECT * FROM event WHERE "
            + (filter.depth() > 0 ? "stack_id IN (SELECT id FROM tree)" : "stack_id = :stackId")
            + conditions.stream().map(" AND "::concat).collect(Collectors.joining())
            + " ORDER BY "
            + (byType ? "resource_type" + direction + ", " : "")
            + "number"
            + direction
            + (filter.limit().isPresent() ? " LIMIT :limit" : "");
    Query query = handle.createQuery(sql).bind("stackId", stackId);
    lists.forEach(query::bindList);
    if (filter.depth() > 0) {
      query.bind("depth", filter.depth());
    }
    marker.ifPresent(event -> query.bind("marker", event.number()));
    if (byType) {
      marker.ifPresent(event -> query.bind("markerType", event.resourceType()));
    }
    filter.limit().ifPresent(limit -> query.bind("limit", limit));
    return query.map((row, context) -> read(row)).list();
  }

  /** The greatest number that there is; 0 when there is none. */
  public static long newest(Handle handle) {
    return handle.createQuery("SELECT COALESCE(MAX(number), 0) FROM event").mapTo(Long.class).one();
  }

  /** The id of the event of that number. */
  public static Optional<String> idOf(Handle handle, long number) {
    return handle
        .createQuery("SELECT id FROM event WHERE number = :number")
        .bind("number", number)
        .mapTo(String.class)
        .findOne();
  }

  /** What was written after a number, in order, of all stacks. */
  public static List<Event> after(Handle handle, long number, int limit) {
    return handle
        .createQuery("SELECT * FROM event WHERE number > :number ORDER BY number LIMIT :limit")
        .bind("number", number)
        .bind("limit", limit)
        .map((row, context) -> read(row))
        .list();
  }

  /** The same of one project. */
  public static List<Event> ofProject(Handle handle, String project, long number, int limit) {
    return handle
        .createQuery(
            """
            SELECT event.* FROM event JOIN stack ON stack.id = event.stack_id
            WHERE stack.project = :project AND number > :number ORDER BY number LIMIT :limit
            """)
        .bind("project", project)
        .bind("number", number)
        .bind("limit", limit)
        .map((row, context) -> read(row))
        .list();
  }

  /** The same of a stack and of the stacks inside it. */
  public static List<Event> ofTree(
      Handle handle, String stackId, int depth, long number, int limit) {
    return handle
        .createQuery(
            TREE
                + """
                SELECT * FROM event WHERE stack_id IN (SELECT id FROM tree) AND number > :number
                ORDER BY number LIMIT :limit
                """)
        .bind("stackId", stackId)
        .bind("depth", depth)
        .bind("number", number)
        .bind("limit", limit)
        .map((row, context) -> read(row))
        .list();
  }

  private static void oneOf(
      String column,
      Collection<String> wanted,
      List<String> conditions,
      Map<String, List<String>> lists) {
    if (!wanted.isEmpty()) {
      conditions.add("%s IN (<%s>)".formatted(column, column));
      lists.put(column, List.copyOf(wanted));
    }
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
        row.getString("reason"),
        Columns.optionalText(row, "resource_id"));
  }
}
