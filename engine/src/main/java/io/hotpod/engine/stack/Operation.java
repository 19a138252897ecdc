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
 * @param converge whether what is there is looked at before it is decided what to do: Heat's
 *     parameter of that name
 */
public record Operation(
    String id,
    String stackId,
    Action action,
    State state,
    Optional<String> definitionId,
    Instant acceptedAt,
    Instant deadline,
    boolean converge) {
  /** An operation that takes what is known of the resources for what is there. */
  public Operation(
      String id,
      String stackId,
      Action action,
      State state,
      Optional<String> definitionId,
      Instant acceptedAt,
      Instant deadline) {
    this(id, stackId, action, state, definitionId, acceptedAt, deadline, false);
  }

  public Operation {
    requireNonNull(id, "id is null");
    requireNonNull(stackId, "stackId is null");
    requireNonNull(action, "action is null");
    requireNonNull(state, "state is null");
    requireNonNull(definitionId, "definitionId is null");
    requireNonNull(acceptedAt, "acceptedAt is null");
    requireNonNull(deadline, "deadline is null");
  }

  /** The same operation, looking at what is there or not. */
  public Operation converging(boolean look) {
    return new Operation(id, stackId, action, state, definitionId, acceptedAt, deadline, look);
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
