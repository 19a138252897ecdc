package io.hotpod.engine.store;

import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.SqliteJdbcCustomization;
import java.time.Duration;
import java.util.Collection;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

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

  @Override
  public Duration heartbeat() {
    return Duration.ofSeconds(5);
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
