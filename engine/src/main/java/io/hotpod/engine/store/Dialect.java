package io.hotpod.engine.store;

import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;

/** What differs between databases; everything else is SQL that all of them take. */
interface Dialect {
  /** Folder of the migrations below {@code db/migration}. */
  String migrations();

  /** Whether only one process can have the database open. */
  boolean isExclusive();

  /** How db-scheduler talks to this database. */
  JdbcCustomization schedulerCustomization();
}
