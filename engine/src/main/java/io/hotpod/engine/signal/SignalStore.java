package io.hotpod.engine.signal;

import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.GuestObjectTable;
import io.hotpod.engine.store.SignalTable;
import java.time.Instant;
import java.util.List;
import java.util.function.IntFunction;

/** The signals that resources keep. Thread-safe. */
public final class SignalStore {
  private final Database database;

  public SignalStore(Database database) {
    this.database = database;
  }

  /**
   * Keeps a signal; durable on return.
   *
   * @param signal made from its number, which is one more than there are signals
   * @return the signal
   */
  public StoredSignal add(String resourceId, Instant now, IntFunction<StoredSignal> signal) {
    return database
        .writer()
        .write(
            handle -> {
              StoredSignal made = signal.apply(SignalTable.count(handle, resourceId) + 1);
              SignalTable.save(handle, resourceId, made, now);
              return made;
            });
  }

  /** In the order in which their ids came first. */
  public List<StoredSignal> of(String resourceId) {
    return database.read(handle -> SignalTable.ofResource(handle, resourceId));
  }

  /** Forgets what a resource was told, and since when it waits. */
  public void clear(String resourceId) {
    database
        .writer()
        .write(
            handle -> {
              SignalTable.delete(handle, resourceId);
              SignalTable.forgetWait(handle, resourceId);
              GuestObjectTable.delete(handle, resourceId);
              return resourceId;
            });
  }

  /**
   * When a modification of a resource began to wait; a crash does not begin the time anew.
   *
   * @param token of the modification
   */
  public Instant waitingSince(String resourceId, String token, Instant now) {
    return database
        .writer()
        .write(handle -> SignalTable.waitingSince(handle, resourceId, token, now));
  }
}
