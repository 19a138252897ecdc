package io.hotpod.engine.store;

import org.jdbi.v3.core.Handle;

/** What may come between the database and who asks it; a test lets a process die there. */
public interface Commits {
  /** As many writes at once as there are, and nothing comes between. */
  Commits UNDISTURBED = new Commits() {};

  /** The most writes that share one commit. */
  default int largestGroup() {
    return 500;
  }

  /** Called first in each transaction; what it throws undoes the whole group. */
  default void before() {}

  /**
   * The same, for who has something to set on the connection.
   *
   * @param handle in the transaction
   */
  default void before(Handle handle) {
    before();
  }

  /** Called once a group is durable, before anybody is told; what it throws is told instead. */
  default void after() {}

  /** Called before each read; what it throws is what the reader gets. */
  default void reading() {}
}
