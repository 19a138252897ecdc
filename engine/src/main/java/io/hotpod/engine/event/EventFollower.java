package io.hotpod.engine.event;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where somebody stands in the row of events. It holds a place and no events, so that who reads
 * slowly costs nothing. Used by one thread; closing it from another ends a wait.
 */
public interface EventFollower extends AutoCloseable {
  /** The newest event when this began; empty when there was none. */
  Optional<String> begin();

  /**
   * What happened since the last call, in order, a few hundred at most.
   *
   * @param wait for something to happen, when nothing has
   * @return empty when nothing happened in that time, or this was closed
   */
  List<FeedEvent> next(Duration wait) throws InterruptedException;

  @Override
  void close();
}
