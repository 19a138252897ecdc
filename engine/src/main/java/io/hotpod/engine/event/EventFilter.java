package io.hotpod.engine.event;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * Which events of a stack to list.
 *
 * @param resourceName only those of this resource
 * @param marker only those after the event of this id, in the order asked for
 * @param waiting when nothing matches yet, wait that long for something to happen; zero answers at
 *     once
 */
public record EventFilter(
    Optional<String> resourceName,
    boolean ascending,
    Optional<Integer> limit,
    Optional<String> marker,
    Duration waiting) {
  /** All, newest first. */
  public static final EventFilter ALL =
      new EventFilter(Optional.empty(), false, Optional.empty(), Optional.empty(), Duration.ZERO);

  public EventFilter {
    requireNonNull(resourceName, "resourceName is null");
    requireNonNull(limit, "limit is null");
    requireNonNull(marker, "marker is null");
    requireNonNull(waiting, "waiting is null");
  }
}
