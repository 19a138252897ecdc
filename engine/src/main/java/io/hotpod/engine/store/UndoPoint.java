package io.hotpod.engine.store;

import org.jdbi.v3.core.Handle;

/**
 * The one savepoint of a transaction, which moves along. It moves in the round trip of what it
 * comes after; the end of the transaction takes it away. For one thread.
 */
final class UndoPoint {
  private static final String SET = "SAVEPOINT write";
  private static final String FORGET = "RELEASE SAVEPOINT write";

  private final Handle handle;

  private UndoPoint(Handle handle) {
    this.handle = handle;
  }

  /** Marks that everything up to here stays, whatever comes. */
  static UndoPoint set(Handle handle) {
    UndoPoint undo = new UndoPoint(handle);
    undo.set();
    // It must be there before anything can fail.
    Outbox.send(handle);
    return undo;
  }

  private void set() {
    Later.update(handle, SET).execute();
  }

  /** Marks that everything up to here stays; what waits to be sent has gone on return. */
  void move() {
    Later.update(handle, FORGET).execute();
    set();
    Outbox.send(handle);
  }

  /** Undoes what came after, also what was not sent. */
  void goBack() {
    Outbox.drop(handle);
    handle.execute("ROLLBACK TO SAVEPOINT write");
  }
}
