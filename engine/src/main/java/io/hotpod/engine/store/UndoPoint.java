package io.hotpod.engine.store;

import org.jdbi.v3.core.Handle;

/**
 * The one savepoint of a transaction, which moves along. It travels with what comes before or after
 * it; the end of the transaction takes it away. For one thread.
 */
final class UndoPoint {
  private static final String SET = "SAVEPOINT write";
  private static final String FORGET = "RELEASE SAVEPOINT write";

  private final Handle handle;

  private UndoPoint(Handle handle) {
    this.handle = handle;
  }

  /** Marks that everything up to here stays, whatever comes; what waited has gone on return. */
  static UndoPoint set(Handle handle) {
    UndoPoint undo = new UndoPoint(handle);
    Later.update(handle, SET).execute();
    Outbox.send(handle);
    return undo;
  }

  /** Marks that everything up to here stays; what of it waited to be sent has gone on return. */
  void move() {
    boolean answered = !Outbox.isOpen(handle);
    Later.update(handle, FORGET).execute();
    Later.update(handle, SET).execute();
    Outbox.keep(handle);
    if (!answered) {
      Outbox.send(handle);
    }
  }

  /** Undoes what came after, also what was not sent. */
  void goBack() {
    Outbox.drop(handle);
    // If it was moved and that was not sent, nothing was that came after.
    handle.execute("ROLLBACK TO SAVEPOINT write");
  }

  /** Nothing comes any more, so that it need not be where it was moved to. */
  void end() {
    Outbox.clear(handle);
  }
}
