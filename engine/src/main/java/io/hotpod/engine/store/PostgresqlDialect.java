package io.hotpod.engine.store;

import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** For several servers on one database. */
final class PostgresqlDialect implements Dialect {
  /** Names the right to write; any number will do, as long as all servers agree. */
  private static final long WRITER = 0x686f74706f64L;

  @Override
  public String migrations() {
    return "postgresql";
  }

  @Override
  public boolean isExclusive() {
    return false;
  }

  @Override
  public JdbcCustomization schedulerCustomization() {
    return new PostgreSqlJdbcCustomization(false, true);
  }

  /** Whoever writes waits for a row at the most. */
  @Override
  public DataSource schedulerSource(DataSource connections, GroupWriter writer) {
    return connections;
  }

  @Override
  public boolean picksTogether() {
    return true;
  }

  /** Six of these without a sign of life and an owner counts as dead; others go on within 10 s. */
  @Override
  public Duration heartbeat() {
    return Duration.ofMillis(800);
  }

  @Override
  public int missedHeartbeats() {
    return 6;
  }

  @Override
  public Optional<Instant> now(Handle handle) {
    return Optional.of(handle.createQuery("SELECT clock_timestamp()").mapTo(Instant.class).one());
  }

  /**
   * Its classes of SQLSTATE; without a connection there is a cause, with a busy pool there is none.
   */
  @Override
  public Optional<DatabaseHealth.Trouble> trouble(SQLException failure) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    boolean away = state.startsWith("08") || state.startsWith("57P0") || state.startsWith("53");
    if (state.equals("53100")) {
      return Optional.of(new DatabaseHealth.Trouble("its disk is full", false));
    }
    if (state.equals("25006")) {
      return Optional.of(new DatabaseHealth.Trouble("it takes no writes", false));
    }
    return away
        ? Optional.of(new DatabaseHealth.Trouble("it cannot be reached, SQLSTATE " + state, true))
        : Optional.empty();
  }

  @Override
  public boolean becomeTheOnlyServer(Handle handle) {
    return handle
        .createQuery("SELECT pg_try_advisory_lock(:server)")
        .bind("server", PostgresqlSource.SERVER)
        .mapTo(Boolean.class)
        .one();
  }

  @Override
  public void forgetOldContent(Jdbi jdbi, Collection<String> tables) {
    jdbi.useHandle(handle -> tables.forEach(table -> handle.execute("VACUUM FULL " + table)));
  }

  @Override
  public void becomeTheWriter(Handle handle) {
    Later.update(handle, "SELECT pg_advisory_xact_lock(:writer)").bind("writer", WRITER).execute();
  }
}
