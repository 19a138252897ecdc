package io.hotpod.engine.run;

import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.DatabaseAwayException;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time by which the queue says what is due and who is dead. It goes on evenly whatever becomes
 * of the clock of the machine: an owner is not dead because a clock was put forth, and nothing
 * waits for an hour because it was put back. Where there are several servers it is the database's,
 * so that they mean the same by it. Thread-safe.
 */
final class QueueTime implements com.github.kagkarlsson.scheduler.Clock {
  private static final Logger LOG = LoggerFactory.getLogger(QueueTime.class);

  private final Database database;
  private volatile Reading reading;

  private record Reading(Instant time, long nanos) {
    static Reading of(Instant time) {
      return new Reading(time, System.nanoTime());
    }
  }

  /**
   * @param clock where this process is the only one
   */
  QueueTime(Database database, Clock clock) {
    this.database = database;
    this.reading = Reading.of(database.now().orElseGet(clock::instant));
  }

  @Override
  public Instant now() {
    Reading last = reading;
    return last.time().plusNanos(System.nanoTime() - last.nanos());
  }

  /** Asks the database again, for what this machine has slept through. */
  void agree() {
    try {
      database.now().ifPresent(time -> reading = Reading.of(time));
    } catch (DatabaseAwayException e) {
      LOG.debug("the time of the database cannot be asked for", e);
    }
  }
}
