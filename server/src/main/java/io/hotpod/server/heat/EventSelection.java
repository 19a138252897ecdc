package io.hotpod.server.heat;

import io.hotpod.engine.event.EventFilter;
import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Status;
import io.hotpod.server.http.Query;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads which events a list asks for. Keys that it does not know are ignored, as in Heat. */
final class EventSelection {
  private EventSelection() {}

  /**
   * The filter; empty when nothing can match it.
   *
   * @param resource whose events are asked for by the path
   */
  static Optional<EventFilter> read(Query query, Optional<String> resource) {
    List<String> wantedNames = query.all("resource_name");
    Set<String> names = new HashSet<>(wantedNames);
    if (resource.isPresent()) {
      boolean excluded = !names.isEmpty() && !names.contains(resource.get());
      names = excluded ? Set.of() : Set.of(resource.get());
    }
    Set<Action> actions = constants(Action.values(), query.all("resource_action"));
    Set<Status> statuses = constants(Status.values(), query.all("resource_status"));
    EventFilter filter =
        new EventFilter(
            names,
            new HashSet<>(query.all("resource_type")),
            actions,
            statuses,
            query.integer("nested_depth").orElse(0),
            new EventFilter.Order(isByType(query), StackSelection.ascending(query)),
            StackSelection.limit(query),
            query.last("marker"),
            Duration.ZERO);
    boolean impossible =
        (names.isEmpty() && !(wantedNames.isEmpty() && resource.isEmpty()))
            || (actions.isEmpty() && !query.all("resource_action").isEmpty())
            || (statuses.isEmpty() && !query.all("resource_status").isEmpty());
    return impossible ? Optional.empty() : Optional.of(filter);
  }

  private static boolean isByType(Query query) {
    return query.all("sort_keys").stream()
        .flatMap(keys -> Stream.of(keys.split(",", -1)))
        .filter(key -> key.equals("resource_type") || key.equals("event_time"))
        .findFirst()
        .filter("resource_type"::equals)
        .isPresent();
  }

  private static <E extends Enum<E>> Set<E> constants(E[] all, List<String> names) {
    return Stream.of(all)
        .filter(each -> names.contains(each.name()))
        .collect(Collectors.toUnmodifiableSet());
  }
}
