package io.hotpod.engine.store;

import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.SqliteJdbcCustomization;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteException;

/** The embedded default: one file, one writer, readers beside it. */
final class SqliteDialect implements Dialect {
  @Override
  public String migrations() {
    return "sqlite";
  }

  @Override
  public boolean isExclusive() {
    return true;
  }

  @Override
  public JdbcCustomization schedulerCustomization() {
    return new SqliteJdbcCustomization();
  }

  /**
   * Whoever waits for the one writer of SQLite asks again now and then, and can miss every moment
   * in which a busy writer has let go. So what the scheduler changes is one more write of the
   * group.
   */
  @Override
  public DataSource schedulerSource(DataSource connections, GroupWriter writer) {
    return GroupedSource.of(connections, writer);
  }

  @Override
  public boolean picksTogether() {
    return false;
  }

  /**
   * The owner is this process. What it says to itself is for an operation that it could not put
   * back into the queue, because the disk was full; each time is a write, also when nothing else
   * happens.
   */
  @Override
  public Duration heartbeat() {
    return Duration.ofSeconds(10);
  }

  @Override
  public int missedHeartbeats() {
    return 4;
  }

  @Override
  public Optional<Instant> now(Handle handle) {
    return Optional.empty();
  }

  /** Its primary result codes; what is there can be read whatever is wrong with writing. */
  @Override
  public Optional<DatabaseHealth.Trouble> trouble(SQLException failure) {
    if (!(failure instanceof SQLiteException)) {
      return Optional.empty();
    }
    return switch (failure.getErrorCode()) {
      case 5 -> unwritable("another process has locked its file");
      case 8 -> unwritable("its file cannot be written");
      case 10 -> unwritable("its file cannot be read or written");
      case 13 -> unwritable("the disk is full");
      case 14 -> unwritable("its file cannot be opened");
      default -> Optional.empty();
    };
  }

  private static Optional<DatabaseHealth.Trouble> unwritable(String reason) {
    return Optional.of(new DatabaseHealth.Trouble(reason, false));
  }

  /** The lock of its directory has seen to that. */
  @Override
  public boolean becomeTheOnlyServer(Handle handle) {
    return true;
  }

  @Override
  public void forgetOldContent(Jdbi jdbi, Collection<String> tables) {
    jdbi.useHandle(
        handle -> {
          handle.execute("VACUUM");
          handle.createQuery("PRAGMA wal_checkpoint(TRUNCATE)").mapToMap().list();
        });
  }

  @Override
  public void becomeTheWriter(Handle handle) {
    // Its transactions begin IMMEDIATE.
  }
}
