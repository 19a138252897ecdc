package io.hotpod.engine.event;

import io.hotpod.engine.stack.Caller;
import java.util.Optional;

/** Events as they happen. Thread-safe. */
public interface EventFeed {
  /**
   * Begins to follow events.
   *
   * @param after id of the last event that is known: what came after it is told first; empty for
   *     what happens from now on
   * @return to be closed by the caller
   * @throws io.hotpod.engine.EngineException when there is no such event
   */
  EventFollower follow(Caller caller, EventScope scope, Optional<String> after);
}
