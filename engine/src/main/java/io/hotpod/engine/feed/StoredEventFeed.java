package io.hotpod.engine.feed;

import io.hotpod.engine.EngineException;
import io.hotpod.engine.ErrorCode;
import io.hotpod.engine.event.Event;
import io.hotpod.engine.event.EventFeed;
import io.hotpod.engine.event.EventFollower;
import io.hotpod.engine.event.EventScope;
import io.hotpod.engine.event.FeedEvent;
import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.EventTable;
import io.hotpod.engine.wake.Topics;
import io.hotpod.engine.wake.Wakeups;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the newest events of the database once, whenever any stack's events are woken, and wakes
 * those followers that they concern. While nobody follows, nothing is read. Thread-safe.
 *
 * <p>Numbers of events grow in the order of their commits, because writes take turns; so what is
 * greater than the last number is what is new.
 */
public final class StoredEventFeed implements EventFeed, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StoredEventFeed.class);
  private static final int BATCH = 500;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Database database;
  private final Lineages lineages = new Lineages();
  private final Set<Follower> followers = ConcurrentHashMap.newKeySet();
  private final Semaphore news = new Semaphore(0);
  private final Duration longestSleep;
  private final Thread thread;
  private volatile Recent recent = Recent.from(Long.MAX_VALUE);
  private volatile boolean closed;

  public StoredEventFeed(Database database, Wakeups wakeups) {
    this.database = database;
    this.longestSleep = wakeups.longestSleep();
    wakeups.observe(Topics::isEvents, this::somethingHappened);
    this.thread = Thread.ofVirtual().name("event-feed").start(this::run);
  }

  private void somethingHappened() {
    if (!followers.isEmpty()) {
      lookSoon();
    }
  }

  private void lookSoon() {
    if (news.availablePermits() == 0) {
      news.release();
    }
  }

  @Override
  public EventFollower follow(Caller caller, EventScope scope, Optional<String> after) {
    Follower follower =
        database.read(
            handle -> {
              long newest = EventTable.newest(handle);
              long position = after.map(id -> number(handle, caller, id)).orElse(newest);
              return new Follower(
                  this,
                  new Interest(caller.project(), scope),
                  position,
                  after.or(() -> EventTable.idOf(handle, newest)));
            });
    followers.add(follower);
    if (closed) {
      follower.close();
    }
    // What happened between the reading and the joining.
    lookSoon();
    return follower;
  }

  private long number(Handle handle, Caller caller, String id) {
    return EventTable.find(handle, id)
        .filter(event -> isOf(caller, lineages.of(handle, event.stackId())))
        .map(Event::number)
        .orElseThrow(
            () ->
                new EngineException(
                    ErrorCode.EVENT_NOT_FOUND,
                    "The Event (%s) could not be found; connect without it to follow what happens from now on."
                        .formatted(id)));
  }

  private static boolean isOf(Caller caller, List<FeedEvent.Place> lineage) {
    return !lineage.isEmpty() && lineage.getFirst().project().equals(caller.project());
  }

  void leave(Follower follower) {
    followers.remove(follower);
    if (followers.isEmpty()) {
      lookSoon();
    }
  }

  Recent recent() {
    return recent;
  }

  /** What one interest finds behind a place, with the place up to which that is everything. */
  record Found(List<FeedEvent> events, long upTo) {}

  Found read(Interest interest, long position) {
    return database.read(
        handle -> {
          long newest = EventTable.newest(handle);
          List<Event> events =
              switch (interest.scope()) {
                case EventScope.Project() ->
                    EventTable.ofProject(handle, interest.project(), position, BATCH);
                case EventScope.Tree(String stackId, int depth) ->
                    EventTable.ofTree(handle, stackId, depth, position, BATCH);
              };
          long upTo =
              events.size() == BATCH
                  ? events.getLast().number()
                  : Math.max(position, Math.max(newest, last(events)));
          return new Found(
              placed(handle, events).stream().filter(interest::includes).toList(), upTo);
        });
  }

  private static long last(List<Event> events) {
    return events.isEmpty() ? 0 : events.getLast().number();
  }

  private List<FeedEvent> placed(Handle handle, List<Event> events) {
    List<FeedEvent> placed = new ArrayList<>(events.size());
    for (Event event : events) {
      List<FeedEvent.Place> lineage = lineages.of(handle, event.stackId());
      if (!lineage.isEmpty()) {
        placed.add(new FeedEvent(event, lineage));
      }
    }
    return placed;
  }

  private void run() {
    try {
      while (!closed) {
        // A wake-up of another server can get lost with that server.
        boolean woken = news.tryAcquire(longestSleep.toMillis(), TimeUnit.MILLISECONDS);
        if (!closed && (woken || !followers.isEmpty())) {
          readAll();
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("the feed of events ends");
    }
  }

  private void readAll() throws InterruptedException {
    try {
      if (followers.isEmpty()) {
        // Whoever comes next begins with a new row.
        recent = Recent.from(Long.MAX_VALUE);
        return;
      }
      if (recent.after() == Long.MAX_VALUE) {
        // Followers that came before this read from the database what is older.
        recent = Recent.from(database.read(EventTable::newest));
        followers.forEach(Follower::wake);
        return;
      }
      int size;
      do {
        size = readSome();
      } while (size == BATCH);
    } catch (RuntimeException e) {
      LOG.warn("cannot read the newest events; trying again: {}", e.getMessage());
      Thread.sleep(PAUSE);
      lookSoon();
    }
  }

  private int readSome() {
    long from = recent.upTo();
    record Read(int size, List<FeedEvent> events, long upTo) {}
    Read read =
        database.read(
            handle -> {
              List<Event> events = EventTable.after(handle, from, BATCH);
              return new Read(events.size(), placed(handle, events), Math.max(from, last(events)));
            });
    if (read.size() > 0) {
      recent = recent.with(read.events(), read.upTo());
      followers.forEach(follower -> follower.told(read.events(), from, read.upTo()));
    }
    return read.size();
  }

  /** Ends every follower. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    List.copyOf(followers).forEach(Follower::close);
  }
}
