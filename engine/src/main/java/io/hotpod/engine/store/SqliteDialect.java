package io.hotpod.engine.store;

import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.SqliteJdbcCustomization;

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
}
