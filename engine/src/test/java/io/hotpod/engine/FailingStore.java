package io.hotpod.engine;

import io.hotpod.engine.store.Commits;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.jdbi.v3.core.ConnectionException;

/** Lets one of an engine's reads and writes fail, and then none. Thread-safe. */
final class FailingStore implements Commits {
  static final String WORDS = "planted in the store";

  /** What goes wrong. */
  enum Kind {
    /** The database refuses a statement. */
    STATEMENT,
    /** There is no connection, for a moment. */
    CONNECTION,
    /** Nothing can be written, for a moment. */
    DISK_FULL,
    /** A write is durable, and the connection is lost before anybody hears of it. */
    LOST_ANSWER
  }

  private final ThreadLocal<Boolean> onlooker = ThreadLocal.withInitial(() -> false);
  private final SQLException diskFull;
  private final Runnable onFault;
  private int left;
  private Kind kind = Kind.STATEMENT;
  private int calls;
  private boolean happened;

  /**
   * @param diskFull what the database says of a full disk
   * @param onFault told when it goes wrong
   */
  FailingStore(SQLException diskFull, Runnable onFault) {
    this.diskFull = diskFull;
    this.onFault = onFault;
  }

  /**
   * Says what goes wrong next.
   *
   * @param at counts reads and writes from now, from 1; what cannot go wrong in that way lets the
   *     next one go wrong; 0 for nothing
   */
  synchronized void failAt(int at, Kind how) {
    left = at;
    kind = how;
    calls = 0;
    happened = false;
  }

  /** Reads and writes since the last {@link #failAt}. */
  synchronized int calls() {
    return calls;
  }

  /** Takes back what was counted since. */
  synchronized void count(int counted) {
    calls = counted;
  }

  synchronized boolean hasFailed() {
    return happened;
  }

  /** Lets the test look without being counted. */
  <T> T unseen(Supplier<T> look) {
    onlooker.set(true);
    try {
      return look.get();
    } finally {
      onlooker.set(false);
    }
  }

  @Override
  public int largestGroup() {
    return 1;
  }

  @Override
  public void reading() {
    if (!onlooker.get() && due(true, kindNow() == Kind.STATEMENT || kindNow() == Kind.CONNECTION)) {
      throw failure();
    }
  }

  @Override
  public void before() {
    if (due(true, kindNow() != Kind.LOST_ANSWER)) {
      throw failure();
    }
  }

  @Override
  public void after() {
    if (due(false, kindNow() == Kind.LOST_ANSWER)) {
      throw failure();
    }
  }

  private synchronized Kind kindNow() {
    return kind;
  }

  private synchronized boolean due(boolean counts, boolean applies) {
    if (counts) {
      calls++;
      if (left > 1) {
        left--;
        return false;
      }
    }
    if (left != 1 || !applies) {
      return false;
    }
    left = 0;
    happened = true;
    onFault.run();
    return true;
  }

  private RuntimeException failure() {
    return switch (kindNow()) {
      case STATEMENT -> new IllegalStateException(WORDS, new SQLException(WORDS, "23000"));
      case CONNECTION, LOST_ANSWER -> new ConnectionException(new SQLException(WORDS, "08006"));
      case DISK_FULL -> new IllegalStateException(WORDS, diskFull);
    };
  }
}
