package io.hotpod.engine.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jdbi.v3.core.ConnectionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows whether a database can be used. The first failure that says that it cannot makes all later
 * calls fail at once, while one thread tries until it can again. Thread-safe.
 */
final class DatabaseHealth implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseHealth.class);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Function<SQLException, Optional<Trouble>> diagnosis;
  private final AtomicBoolean probing = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Optional<Trouble> trouble = Optional.empty();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition usable = lock.newCondition();
  private volatile Runnable probe = () -> {};

  /**
   * @param diagnosis what a failure says of the database; empty when it says nothing
   */
  DatabaseHealth(Function<SQLException, Optional<Trouble>> diagnosis) {
    this.diagnosis = diagnosis;
  }

  /** Sets what throws for as long as the database cannot be used; before anything is asked. */
  void probeWith(Runnable attempt) {
    this.probe = attempt;
  }

  /**
   * What is wrong.
   *
   * @param reads whether even reading is impossible
   */
  record Trouble(String reason, boolean reads) {}

  /** What is wrong at present. */
  Optional<String> problem() {
    return trouble.map(Trouble::reason);
  }

  /**
   * @throws DatabaseAwayException when nothing can be read
   */
  void requireReadable() {
    refuse(trouble.filter(Trouble::reads));
  }

  /**
   * @throws DatabaseAwayException when nothing can be written
   */
  void requireWritable() {
    refuse(trouble);
  }

  /** Returns once it can be written, or when this is closed. */
  void awaitWritable() throws InterruptedException {
    lock.lock();
    try {
      while (trouble.isPresent() && closed.getCount() > 0) {
        usable.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private void wakeWhoWaits() {
    lock.lock();
    try {
      usable.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static void refuse(Optional<Trouble> present) {
    if (present.isPresent()) {
      throw new DatabaseAwayException(present.get().reason());
    }
  }

  /** Whether a failure is the database's and not the statement's. */
  boolean isTrouble(Throwable failure) {
    return named(failure).isPresent();
  }

  /** What to throw for a failure, after taking note of what it says of the database. */
  RuntimeException explained(RuntimeException failure) {
    Optional<Trouble> found = diagnose(failure);
    if (found.isEmpty()) {
      return failure;
    }
    boolean news = trouble.isEmpty();
    trouble = found;
    if (news) {
      LOG.warn(
          "the database cannot be used: {}; requests are answered with 503, and what runs goes on"
              + " when it is back",
          found.get().reason());
    }
    if (closed.getCount() > 0 && probing.compareAndSet(false, true)) {
      Thread.ofVirtual().name("hotpod-database-probe").start(this::probe);
    }
    return new DatabaseAwayException(found.get().reason(), failure);
  }

  private Optional<Trouble> diagnose(Throwable failure) {
    return named(failure)
        .or(
            () ->
                failure instanceof ConnectionException
                    ? Optional.of(new Trouble("no connection to it can be had", true))
                    : Optional.empty());
  }

  /** What the database or its driver says of the reason. */
  private Optional<Trouble> named(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof SQLException sql) {
        Optional<Trouble> found = diagnosis.apply(sql);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private void probe() {
    try {
      while (!closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          probe.run();
          trouble = Optional.empty();
          wakeWhoWaits();
          LOG.info("the database can be used again");
          return;
        } catch (RuntimeException e) {
          LOG.debug("the database cannot be used yet", e);
          trouble = diagnose(e).or(() -> trouble);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      probing.set(false);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    wakeWhoWaits();
  }
}
