package io.hotpod.engine.stack;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that was accepted and must be carried out.
 *
 * @param action what is done to the stack
 * @param definitionId where a create, update or rollback leads; empty for the others, and for a
 *     rollback to nothing
 * @param deadline when it fails with {@code Timed out}
 */
public record Operation(
    String id,
    String stackId,
    Action action,
    State state,
    Optional<String> definitionId,
    Instant acceptedAt,
    Instant deadline) {
  public Operation {
    requireNonNull(id, "id is null");
    requireNonNull(stackId, "stackId is null");
    requireNonNull(action, "action is null");
    requireNonNull(state, "state is null");
    requireNonNull(definitionId, "definitionId is null");
    requireNonNull(acceptedAt, "acceptedAt is null");
    requireNonNull(deadline, "deadline is null");
  }

  /** How far an operation is. */
  public enum State {
    ACCEPTED,
    /** Nothing of it is begun any more; what is begun comes to its end. */
    CANCELLED,
    COMPLETE,
    FAILED,
    SUPERSEDED;

    /** Whether nothing of it is left to do. */
    public boolean isOver() {
      return this != ACCEPTED && this != CANCELLED;
    }
  }
}
