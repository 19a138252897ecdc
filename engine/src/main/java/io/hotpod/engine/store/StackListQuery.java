package io.hotpod.engine.store;

import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackFilter;
import io.hotpod.engine.stack.TagFilter;
import io.hotpod.pod.PodJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The statement that lists stacks: filters, order and paging are the database's work. */
final class StackListQuery {
  /** Every tag has a comma before it here; none holds a comma or a bare quotation mark. */
  private static final String TAGS = "(',' || substr(tags, 2))";

  private final List<String> conditions = new ArrayList<>();
  private final Map<String, List<?>> lists = new LinkedHashMap<>();
  private final Map<String, Object> values = new LinkedHashMap<>();

  private StackListQuery(String project, StackFilter filter) {
    conditions.add("project = :project");
    values.put("project", project);
    if (!filter.showDeleted()) {
      conditions.add("deleted_at IS NULL");
    }
    if (!filter.showNested()) {
      conditions.add("owner_id IS NULL");
    }
    oneOf("username", filter.usernames());
    oneOf("owner_id", filter.owners());
    oneOf("id", filter.ids());
    oneOf("name", filter.names());
    oneOf("action", filter.actions().stream().map(Enum::name).toList());
    states(filter.states());
    oneOf("status_reason", filter.reasons());
    oneOf("timeout", filter.timeouts().stream().map(Duration::toMillis).toList());
    oneOf("disable_rollback", filter.rollbackDisabled());
    tags(filter.tags());
  }

  /** Reads one row. */
  interface Reader {
    Stack read(ResultSet row) throws SQLException;
  }

  static List<Stack> list(Handle handle, String project, StackFilter filter, Reader reader) {
    StackListQuery query = new StackListQuery(project, filter);
    List<StackFilter.Sort> sort =
        filter.sort().isEmpty()
            ? List.of(new StackFilter.Sort(StackFilter.SortKey.CREATION_TIME, false))
            : filter.sort();
    filter
        .marker()
        .flatMap(id -> StackTable.find(handle, id))
        .filter(marker -> marker.project().equals(project))
        .ifPresent(marker -> query.after(marker, sort));
    String order =
        sort.stream()
            .map(each -> column(each.key()) + (each.ascending() ? " ASC" : " DESC"))
            .collect(Collectors.joining(", ", " ORDER BY ", ", id"));
    filter.limit().ifPresent(limit -> query.values.put("limit", limit));
    String sql =
        "SELECT * FROM stack"
            + query.where()
            + order
            + (filter.limit().isPresent() ? " LIMIT :limit" : "");
    return query.bind(handle.createQuery(sql)).map((row, context) -> reader.read(row)).list();
  }

  static long count(Handle handle, String project, StackFilter filter) {
    StackListQuery query = new StackListQuery(project, filter);
    return query
        .bind(handle.createQuery("SELECT COUNT(*) FROM stack" + query.where()))
        .mapTo(Long.class)
        .one();
  }

  private String where() {
    return " WHERE " + String.join(" AND ", conditions);
  }

  private Query bind(Query query) {
    lists.forEach(query::bindList);
    return query.bindMap(values);
  }

  private void oneOf(String column, Collection<?> wanted) {
    if (!wanted.isEmpty()) {
      conditions.add("%s IN (<%s>)".formatted(column, column));
      lists.put(column, List.copyOf(wanted));
    }
  }

  private void states(Collection<StackFilter.State> wanted) {
    List<String> alternatives = new ArrayList<>();
    for (StackFilter.State state : wanted) {
      String status = "status" + alternatives.size();
      values.put(status, state.status().name());
      String action = "action" + alternatives.size();
      state.action().ifPresent(each -> values.put(action, each.name()));
      alternatives.add(
          state.action().isPresent()
              ? "(action = :%s AND status = :%s)".formatted(action, status)
              : "status = :" + status);
    }
    if (!alternatives.isEmpty()) {
      conditions.add("(" + String.join(" OR ", alternatives) + ")");
    }
  }

  private void tags(TagFilter tags) {
    tags.all().forEach(tag -> conditions.add(has(tag)));
    tags(tags.any(), " OR ").ifPresent(conditions::add);
    tags(tags.notAll(), " AND ").ifPresent(has -> conditions.add("NOT " + has));
    tags(tags.notAny(), " OR ").ifPresent(has -> conditions.add("NOT " + has));
  }

  private Optional<String> tags(Collection<String> tags, String between) {
    return tags.isEmpty()
        ? Optional.empty()
        : Optional.of(tags.stream().map(this::has).collect(Collectors.joining(between, "(", ")")));
  }

  private String has(String tag) {
    String name = "tag" + values.size();
    values.put(name, "," + PodJson.write(tag));
    return "replace(%s, :%s, '') != %s".formatted(TAGS, name, TAGS);
  }

  /** What comes after a stack: it is beyond it by the first key in which the two differ. */
  private void after(Stack marker, List<StackFilter.Sort> sort) {
    List<String> alternatives = new ArrayList<>();
    StringBuilder same = new StringBuilder();
    for (int index = 0; index < sort.size(); index++) {
      StackFilter.Sort each = sort.get(index);
      String column = column(each.key());
      String name = "marker" + index;
      values.put(name, value(marker, each.key()));
      alternatives.add("(%s%s %s :%s)".formatted(same, column, each.ascending() ? ">" : "<", name));
      same.append("%s = :%s AND ".formatted(column, name));
    }
    values.put("markerId", marker.id());
    alternatives.add("(" + same + "id > :markerId)");
    conditions.add("(" + String.join(" OR ", alternatives) + ")");
  }

  private static String column(StackFilter.SortKey key) {
    return switch (key) {
      case NAME -> "name";
      case STATUS -> "status";
      case CREATION_TIME -> "created_at";
      // Null would be neither before nor after anything.
      case UPDATED_TIME -> "COALESCE(updated_at, -1)";
    };
  }

  private static Object value(Stack stack, StackFilter.SortKey key) {
    return switch (key) {
      case NAME -> stack.name();
      case STATUS -> stack.status().name();
      case CREATION_TIME -> stack.createdAt().toEpochMilli();
      case UPDATED_TIME -> stack.updatedAt().map(time -> time.toEpochMilli()).orElse(-1L);
    };
  }
}
