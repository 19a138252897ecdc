package io.hotpod.server;

import io.hotpod.engine.event.EventFollower;
import io.hotpod.engine.event.FeedEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Follows events where nothing happens. */
final class SilentFollower implements EventFollower {
  private final BlockingQueue<FeedEvent> nothing = new LinkedBlockingQueue<>();

  @Override
  public Optional<String> begin() {
    return Optional.empty();
  }

  @Override
  public List<FeedEvent> next(Duration wait) throws InterruptedException {
    FeedEvent event = nothing.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
    return event == null ? List.of() : List.of(event);
  }

  @Override
  public void close() {}
}
