package io.hotpod.engine.event;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * An event with the stack that it is of.
 *
 * @param lineage that stack, then the one around it, and so on up to the one at the top
 */
public record FeedEvent(Event event, List<Place> lineage) {
  public FeedEvent {
    requireNonNull(event, "event is null");
    lineage = List.copyOf(lineage);
    if (lineage.isEmpty()) {
      throw new IllegalArgumentException("an event is of a stack");
    }
  }

  /** What never changes of a stack. */
  public record Place(String project, String name, String id) {
    public Place {
      requireNonNull(project, "project is null");
      requireNonNull(name, "name is null");
      requireNonNull(id, "id is null");
    }
  }

  /** The stack that the event is of. */
  public Place stack() {
    return lineage.getFirst();
  }

  /** The stack at the top. */
  public Place root() {
    return lineage.getLast();
  }
}
