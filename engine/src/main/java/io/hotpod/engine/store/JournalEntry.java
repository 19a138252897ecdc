package io.hotpod.engine.store;

import static java.util.Objects.requireNonNull;

import io.hotpod.engine.event.Event;
import io.hotpod.engine.resource.ResourceRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a step of an operation wants to have written, as long as the operation owns its stack.
 * Neighbours in a group are written together, so their statements go to the database in batches.
 *
 * @param fence under which the operation took the stack over; once that is another one, its writer
 *     is told so by a {@link FencedException}
 * @param saved resources as they are now
 * @param past resources as they were before their properties are other ones
 * @param gone a resource that is not there any more
 */
public record JournalEntry(
    String stackId,
    long fence,
    List<ResourceRecord> saved,
    List<ResourceRecord> past,
    Optional<ResourceRecord> gone,
    List<Event> events,
    Optional<Step> step) {
  public JournalEntry {
    requireNonNull(stackId, "stackId is null");
    saved = List.copyOf(saved);
    past = List.copyOf(past);
    requireNonNull(gone, "gone is null");
    events = List.copyOf(events);
    requireNonNull(step, "step is null");
  }

  /** A step that ended well. */
  public record Step(String operationId, String node, String outcome, Instant finishedAt) {
    public Step {
      requireNonNull(operationId, "operationId is null");
      requireNonNull(node, "node is null");
      requireNonNull(outcome, "outcome is null");
      requireNonNull(finishedAt, "finishedAt is null");
    }
  }
}
