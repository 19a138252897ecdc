package io.hotpod.engine.store;

import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.SqliteJdbcCustomization;
import java.time.Duration;
import org.jdbi.v3.core.Handle;

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

  @Override
  public void becomeTheWriter(Handle handle) {
    // Its transactions begin IMMEDIATE.
  }
}
