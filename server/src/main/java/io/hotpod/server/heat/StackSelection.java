package io.hotpod.server.heat;

import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.StackFilter;
import io.hotpod.engine.stack.Status;
import io.hotpod.engine.stack.TagFilter;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

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

  /** They name the project, and a list is of one. */
  private static final List<String> PROJECTS = List.of("tenant", "stack_user_project_id");

  private boolean impossible;

  private StackSelection() {}

  /**
   * The filter; empty when nothing can match it.
   *
   * @param hidden tags of stacks that are listed only on request
   */
  static Optional<StackFilter> read(Query query, String project, Set<String> hidden) {
    StackSelection selection = new StackSelection();
    return selection.filter(query, project, hidden);
  }

  private Optional<StackFilter> filter(Query query, String project, Set<String> hidden) {
    Set<Action> actions =
        known(values(query, "action", "stack_action"), value -> find(Action.values(), value));
    Set<StackFilter.State> states =
        known(values(query, "status", "stack_status"), StackSelection::state);
    PROJECTS.forEach(
        key -> impossible |= !query.all(key).isEmpty() && !query.all(key).contains(project));
    Set<String> owners = new HashSet<>(values(query, "owner_id", "parent"));
    StackFilter filter =
        new StackFilter(
            new HashSet<>(query.all("id")),
            new HashSet<>(values(query, "name", "stack_name")),
            actions,
            states,
            new HashSet<>(query.all("stack_status_reason")),
            tags(query, hidden),
            new HashSet<>(values(query, "username", "stack_owner")),
            owners,
            timeouts(query),
            rollbackDisabled(query),
            query.flag("show_nested", false) || !owners.isEmpty(),
            query.flag("show_deleted", false),
            sort(query),
            limit(query),
            query.last("marker"));
    return impossible ? Optional.empty() : Optional.of(filter);
  }

  private static Set<Duration> timeouts(Query query) {
    Set<Duration> timeouts = new HashSet<>();
    query.integers("timeout_mins").forEach(minutes -> timeouts.add(Duration.ofMinutes(minutes)));
    return timeouts;
  }

  private static Set<Boolean> rollbackDisabled(Query query) {
    String name = "disable_rollback";
    Set<Boolean> disabled = new HashSet<>();
    values(query, name).forEach(value -> disabled.add(Query.flagValue(name, value)));
    return disabled;
  }

  /** What the values mean. One that means nothing is no stack's; others may still be. */
  private <T> Set<T> known(List<String> values, Function<String, Optional<T>> meaning) {
    Set<T> known = new HashSet<>();
    values.forEach(value -> meaning.apply(value).ifPresent(known::add));
    impossible |= known.isEmpty() && !values.isEmpty();
    return known;
  }

  /** {@code CREATE_FAILED} is a status of one action; {@code FAILED} is one of any action. */
  private static Optional<StackFilter.State> state(String value) {
    Optional<Status> bare = find(Status.values(), value);
    if (bare.isPresent()) {
      return bare.map(status -> new StackFilter.State(Optional.empty(), status));
    }
    int underscore = Math.max(0, value.indexOf('_'));
    Optional<Action> action = find(Action.values(), value.substring(0, underscore));
    return action.flatMap(
        each ->
            find(Status.values(), value.substring(underscore + 1))
                .map(status -> new StackFilter.State(action, status)));
  }

  private static <E extends Enum<E>> Optional<E> find(E[] constants, String name) {
    for (E constant : constants) {
      if (constant.name().equals(name)) {
        return Optional.of(constant);
      }
    }
    return Optional.empty();
  }

  /** All values of these names; empty ones count as none. */
  private static List<String> values(Query query, String... names) {
    List<String> values = new ArrayList<>();
    for (String name : names) {
      query.all(name).stream().filter(value -> !value.isEmpty()).forEach(values::add);
    }
    return values;
  }

  private static TagFilter tags(Query query, Set<String> hidden) {
    Set<String> notAny = names(query, "not_tags_any");
    if (!query.flag("show_hidden", false)) {
      notAny.addAll(hidden);
    }
    return new TagFilter(
        names(query, "tags"), names(query, "tags_any"), names(query, "not_tags"), notAny);
  }

  private static Set<String> names(Query query, String key) {
    Set<String> names = new HashSet<>();
    for (String list : query.all(key)) {
      for (String name : list.split(",", -1)) {
        if (!name.isBlank()) {
          names.add(name.strip());
        }
      }
    }
    return names;
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
