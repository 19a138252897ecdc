package io.hotpod.engine.store;

import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What differs between databases; everything else is SQL that all of them take. */
interface Dialect {
  /** Folder of the migrations below {@code db/migration}. */
  String migrations();

  /** Whether only one process can have the database open. */
  boolean isExclusive();

  /** How db-scheduler talks to this database. */
  JdbcCustomization schedulerCustomization();

  /**
   * Where db-scheduler's own statements go.
   *
   * @param connections of its own
   */
  DataSource schedulerSource(DataSource connections, GroupWriter writer);

  /**
   * Whether the scheduler picks all that is due with one statement, and not one by one, each with a
   * connection of its own that heartbeats then wait for.
   */
  boolean picksTogether();

  /** How often owners say that they live. */
  Duration heartbeat();

  /** The time of the database; empty where only this process has it, and its time will do. */
  Optional<Instant> now(Handle handle);

  /** What a failure says of the database as a whole; empty when it is only about a statement. */
  Optional<DatabaseHealth.Trouble> trouble(SQLException failure);

  /** After how many heartbeats that did not come an owner counts as dead. */
  int missedHeartbeats();

  /** Keeps all servers out for as long as the writer is open; false when there is one. */
  boolean becomeTheOnlyServer(Handle handle);

  /** Makes that what was overwritten or deleted cannot be read from the database's files. */
  void forgetOldContent(Jdbi jdbi, Collection<String> tables);

  /**
   * Called first in the transaction of a group of writes: from the next statement that is answered
   * nobody else writes until the transaction ends, so that what a write reads before it writes
   * stays true.
   */
  void becomeTheWriter(Handle handle);
}
