package io.hotpod.engine.keeping;

import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.Leftovers;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what is kept no longer, a little in each transaction, so that nobody waits for it. One
 * server at a time runs it; to break it off loses nothing. Thread-safe.
 */
public final class Housekeeping {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

  private final Database database;
  private final Retention retention;
  private final Clock clock;

  public Housekeeping(Database database, Retention retention, Clock clock) {
    this.database = database;
    this.retention = retention;
    this.clock = clock;
  }

  /** How often it is to be run. */
  public Retention retention() {
    return retention;
  }

  /** Goes through everything once. */
  public void run() {
    Instant now = clock.instant();
    long stacks = deletedStacks(now.minus(retention.deletedStacks()));
    long events = events();
    Instant operations = now.minus(retention.operations());
    long ended = all(handle -> Leftovers.deleteOperations(handle, operations));
    Instant keys = now.minus(retention.idempotencyKeys());
    long requests = all(handle -> Leftovers.deleteRequests(handle, keys));
    Instant tokens = now.minus(retention.joinTokens());
    long joins = all(handle -> Leftovers.deleteJoinTokens(handle, tokens));
    long definitions = all(Leftovers::deleteDefinitions);
    all(Leftovers::deleteFiles);
    long configs = retention.unusedConfigs().map(time -> unusedConfigs(now.minus(time))).orElse(0L);
    if (stacks + events + ended + requests + joins + definitions + configs > 0) {
      LOG.info(
          "removed what is kept no longer: {} deleted stacks, {} events, {} operations, {}"
              + " idempotency keys, {} join tokens, {} templates, {} configs",
          stacks,
          events,
          ended,
          requests,
          joins,
          definitions,
          configs);
    }
  }

  private long deletedStacks(Instant before) {
    long count = 0;
    List<String> ids;
    do {
      ids = database.read(handle -> Leftovers.deletedStacks(handle, before));
      for (String id : ids) {
        count += database.writer().write(handle -> Leftovers.purgeStack(handle, id, before));
      }
    } while (!ids.isEmpty());
    return count;
  }

  private long events() {
    int most = retention.eventsPerStack();
    long count = 0;
    for (String id : database.read(handle -> Leftovers.stacksWithMoreEvents(handle, most))) {
      count += all(handle -> Leftovers.deleteEvents(handle, id, most));
    }
    return count;
  }

  private long unusedConfigs(Instant before) {
    Set<String> unused = database.read(handle -> Leftovers.unusedConfigs(handle, before));
    long count = 0;
    for (String id : unused) {
      count += database.writer().write(handle -> Leftovers.deleteConfig(handle, id, before));
    }
    return count;
  }

  /** Repeats a write for as long as it finds something. */
  private long all(ToIntFunction<Handle> some) {
    long count = 0;
    int last;
    do {
      last = database.writer().write(some::applyAsInt);
      count += last;
    } while (last > 0);
    return count;
  }
}
