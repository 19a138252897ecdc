package io.hotpod.engine.store;

import org.jdbi.v3.core.Handle;

/**
 * The one savepoint of a transaction, which moves along. To move it takes one round trip to a
 * database that is elsewhere; the end of the transaction takes it away. For one thread.
 */
final class UndoPoint {
  private static final String SET = "SAVEPOINT write";
  private static final String FORGET = "RELEASE SAVEPOINT write";

  private final Handle handle;
  private boolean set;
  private boolean here;

  UndoPoint(Handle handle) {
    this.handle = handle;
  }

  /** Marks that everything up to here stays, whatever comes. */
  void set() {
    if (!set) {
      handle.execute(SET);
    } else if (!here) {
      handle.createBatch().add(FORGET).add(SET).execute();
    }
    set = true;
    here = false;
  }

  /** Undoes what came after. */
  void goBack() {
    handle.execute("ROLLBACK TO SAVEPOINT write");
    here = true;
  }
}
