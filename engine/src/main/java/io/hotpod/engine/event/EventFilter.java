package io.hotpod.engine.event;

import static java.util.Objects.requireNonNull;

import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Which events of a stack to list. Values within one filter are alternatives; empty means all.
 *
 * @param names of resources; a stack's own events carry its name
 * @param types of resources
 * @param depth how deep to look into stacks inside; 0 for the stack alone
 * @param order they are listed in
 * @param marker only those after the event of this id, in the order asked for
 * @param waiting when nothing matches yet, wait that long for something to happen; zero answers at
 *     once
 */
public record EventFilter(
    Set<String> names,
    Set<String> types,
    Set<Action> actions,
    Set<Status> statuses,
    int depth,
    Order order,
    Optional<Integer> limit,
    Optional<String> marker,
    Duration waiting) {
  /** All, newest first. */
  public static final EventFilter ALL =
      new EventFilter(Optional.empty(), false, Optional.empty(), Optional.empty(), Duration.ZERO);

  public EventFilter {
    names = Set.copyOf(names);
    types = Set.copyOf(types);
    actions = Set.copyOf(actions);
    statuses = Set.copyOf(statuses);
    requireNonNull(order, "order is null");
    requireNonNull(limit, "limit is null");
    requireNonNull(marker, "marker is null");
    requireNonNull(waiting, "waiting is null");
  }

  /** Events of the stack alone, or of one of its resources, in the order of time. */
  public EventFilter(
      Optional<String> resourceName,
      boolean ascending,
      Optional<Integer> limit,
      Optional<String> marker,
      Duration waiting) {
    this(
        resourceName.map(Set::of).orElse(Set.of()),
        Set.of(),
        Set.of(),
        Set.of(),
        0,
        new Order(false, ascending),
        limit,
        marker,
        waiting);
  }

  /**
   * An order.
   *
   * @param byType by the type of the resource first, and then by time
   */
  public record Order(boolean byType, boolean ascending) {}

  /** The same, waiting for another time. */
  public EventFilter waitingFor(Duration time) {
    return new EventFilter(names, types, actions, statuses, depth, order, limit, marker, time);
  }
}
