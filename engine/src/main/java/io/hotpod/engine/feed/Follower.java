package io.hotpod.engine.feed;

import io.hotpod.engine.event.EventFollower;
import io.hotpod.engine.event.FeedEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A place in the row of events. One thread reads; the feed tells it of news. */
final class Follower implements EventFollower {
  private final StoredEventFeed feed;
  private final Interest interest;
  private final Optional<String> begin;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long position;
  private boolean woken = true;
  private boolean closed;

  Follower(StoredEventFeed feed, Interest interest, long position, Optional<String> begin) {
    this.feed = feed;
    this.interest = interest;
    this.position = position;
    this.begin = begin;
  }

  @Override
  public Optional<String> begin() {
    return begin;
  }

  /**
   * There are new events: wakes the reader if one of them is for it, else moves its place on, so
   * that it never has to look through what was not.
   */
  void told(List<FeedEvent> events, long from, long upTo) {
    boolean mine = events.stream().anyMatch(interest::includes);
    lock.lock();
    try {
      if (mine) {
        woken = true;
        changed.signalAll();
      } else if (position >= from && !woken) {
        position = Math.max(position, upTo);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Makes the reader look again. */
  void wake() {
    lock.lock();
    try {
      woken = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<FeedEvent> next(Duration wait) throws InterruptedException {
    long left = wait.toNanos();
    while (true) {
      long from;
      lock.lockInterruptibly();
      try {
        while (!woken && !closed && left > 0) {
          left = changed.awaitNanos(left);
        }
        if (closed || !woken) {
          return List.of();
        }
        woken = false;
        from = position;
      } finally {
        lock.unlock();
      }
      List<FeedEvent> found = look(from);
      if (!found.isEmpty()) {
        return found;
      }
    }
  }

  private List<FeedEvent> look(long from) {
    Recent recent = feed.recent();
    StoredEventFeed.Found found =
        recent.covers(from)
            ? new StoredEventFeed.Found(
                recent.events().stream()
                    .filter(event -> event.event().number() > from)
                    .filter(interest::includes)
                    .toList(),
                Math.max(from, recent.upTo()))
            : feed.read(interest, from);
    lock.lock();
    try {
      position = Math.max(position, found.upTo());
      // There may be more than one reading gives.
      woken |= !found.events().isEmpty() && !recent.covers(from);
      return found.events();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    feed.leave(this);
  }
}
