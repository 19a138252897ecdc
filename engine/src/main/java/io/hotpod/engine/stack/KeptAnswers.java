package io.hotpod.engine.stack;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers to requests that callers marked with a key, where what a request leads to does not tell
 * its answer. A request is written down before it is done, so that one whose answer was lost is not
 * done again, not even when the server died in between. Thread-safe. Callers have a key.
 */
public interface KeptAnswers {
  /** What is known of a request. */
  sealed interface Known {
    /** It is the first, and is to be done now. */
    record Nothing() implements Known {}

    /** It was done, with that answer. */
    record Answered(ObjectNode answer) implements Known {}

    /** It is being done, or was begun and nobody knows how it ended. */
    record Begun() implements Known {}
  }

  /**
   * Writes down that a request begins, unless it was begun before.
   *
   * @throws io.hotpod.engine.EngineException when the key was used for another request
   */
  Known begin(Caller caller);

  /**
   * Ends a request that was begun.
   *
   * @param answer to give again; empty when the request was refused and changed nothing, so that it
   *     may be made again
   */
  void end(Caller caller, Optional<ObjectNode> answer);
}
