package io.hotpod.engine.store;

import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import java.time.Duration;
import org.jdbi.v3.core.Handle;

/** What differs between databases; everything else is SQL that all of them take. */
interface Dialect {
  /** Folder of the migrations below {@code db/migration}. */
  String migrations();

  /** Whether only one process can have the database open. */
  boolean isExclusive();

  /** How db-scheduler talks to this database. */
  JdbcCustomization schedulerCustomization();

  /** How often owners say that they live, and look for what others left. */
  Duration heartbeat();

  /**
   * Called first in the transaction of a group of writes: when it returns, nobody else writes until
   * the transaction ends, so that what a write reads before it writes stays true.
   */
  void becomeTheWriter(Handle handle);
}
