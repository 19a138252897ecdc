package io.hotpod.server.heat;

import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.StackFilter;
import io.hotpod.engine.stack.Status;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Query;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads which stacks a list asks for. Keys that it does not know are ignored, as in Heat. */
final class StackSelection {
  /** Heat's keys and those that other clients send. */
  private static final Map<String, StackFilter.SortKey> SORT_KEYS =
      Map.of(
          "stack_name", StackFilter.SortKey.NAME,
          "name", StackFilter.SortKey.NAME,
          "stack_status", StackFilter.SortKey.STATUS,
          "status", StackFilter.SortKey.STATUS,
          "creation_time", StackFilter.SortKey.CREATION_TIME,
          "created_at", StackFilter.SortKey.CREATION_TIME,
          "updated_time", StackFilter.SortKey.UPDATED_TIME,
          "updated_at", StackFilter.SortKey.UPDATED_TIME);

  private static final List<String> REFUSED = List.of("not_tags", "not_tags_any");

  private final Set<Action> actions = EnumSet.noneOf(Action.class);
  private final Set<Status> statuses = EnumSet.noneOf(Status.class);
  private boolean impossible;

  private StackSelection() {}

  /** The filter; empty when nothing can match it. */
  static Optional<StackFilter> read(Query query) {
    StackSelection selection = new StackSelection();
    return selection.filter(query);
  }

  private Optional<StackFilter> filter(Query query) {
    for (String key : REFUSED) {
      if (query.last(key).isPresent()) {
        throw ApiException.notSupported("Filtering stacks by " + key);
      }
    }
    values(query, "action", "stack_action").forEach(value -> addAction(value));
    values(query, "status", "stack_status").forEach(value -> addStatus(value));
    StackFilter filter =
        new StackFilter(
            new HashSet<>(query.all("id")),
            new HashSet<>(values(query, "name", "stack_name")),
            actions,
            statuses,
            tags(query),
            new HashSet<>(values(query, "owner_id", "parent")),
            query.flag("show_nested", false) || !values(query, "owner_id", "parent").isEmpty(),
            query.flag("show_deleted", false),
            sort(query),
            limit(query),
            query.last("marker"));
    return impossible ? Optional.empty() : Optional.of(filter);
  }

  /** {@code CREATE_FAILED} is an action and a status; {@code FAILED} is a status of any action. */
  private void addStatus(String value) {
    int underscore = value.indexOf('_');
    if (underscore > 0 && !value.equals(Status.IN_PROGRESS.name())) {
      addAction(value.substring(0, underscore));
    }
    boolean bare = underscore < 0 || value.equals(Status.IN_PROGRESS.name());
    String status = bare ? value : value.substring(underscore + 1);
    find(Status.values(), status).ifPresentOrElse(statuses::add, () -> impossible = true);
  }

  private void addAction(String value) {
    find(Action.values(), value).ifPresentOrElse(actions::add, () -> impossible = true);
  }

  private static <E extends Enum<E>> Optional<E> find(E[] constants, String name) {
    for (E constant : constants) {
      if (constant.name().equals(name)) {
        return Optional.of(constant);
      }
    }
    return Optional.empty();
  }

  private static List<String> values(Query query, String first, String second) {
    List<String> values = new ArrayList<>(query.all(first));
    values.addAll(query.all(second));
    return values;
  }

  private static Set<String> tags(Query query) {
    Set<String> tags = new HashSet<>();
    query.all("tags_any").forEach(list -> tags.addAll(List.of(list.split(",", -1))));
    List<String> all =
        query.last("tags").map(list -> List.of(list.split(",", -1))).orElse(List.of());
    if (all.size() > 1 || (!all.isEmpty() && !tags.isEmpty())) {
      throw ApiException.notSupported("Filtering stacks by several tags that all have to match");
    }
    tags.addAll(all);
    return tags;
  }

  private static List<StackFilter.Sort> sort(Query query) {
    boolean ascending = ascending(query);
    List<StackFilter.Sort> sort = new ArrayList<>();
    for (String keys : query.all("sort_keys")) {
      for (String key : keys.split(",", -1)) {
        StackFilter.SortKey known = SORT_KEYS.get(key);
        if (known != null) {
          sort.add(new StackFilter.Sort(known, ascending));
        }
      }
    }
    if (sort.isEmpty() && query.last("sort_dir").isPresent()) {
      sort.add(new StackFilter.Sort(StackFilter.SortKey.CREATION_TIME, ascending));
    }
    return sort;
  }

  /** The direction that {@code sort_dir} names; descending when it names none. */
  static boolean ascending(Query query) {
    return switch (query.last("sort_dir").orElse("desc")) {
      case "asc" -> true;
      case "desc" -> false;
      default -> throw ApiException.badRequest("sort_dir takes asc or desc.");
    };
  }

  /** At most so many; zero is no limit. */
  static Optional<Integer> limit(Query query) {
    OptionalInt limit = query.integer("limit");
    return limit.isEmpty() || limit.getAsInt() == 0
        ? Optional.empty()
        : Optional.of(limit.getAsInt());
  }
}
