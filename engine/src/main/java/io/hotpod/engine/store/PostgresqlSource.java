package io.hotpod.engine.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/** Makes connections to one PostgreSQL. */
final class PostgresqlSource {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(60);

  /** Requests wait for what is read; a database that has vanished is not waited for. */
  private static final Duration READ = Duration.ofSeconds(10);

  private static final Duration CONNECTION = Duration.ofSeconds(2);

  /** The scheduler's work is nobody's request. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /**
   * A server that vanished, or stands still, in the middle of a transaction keeps the others from
   * writing no longer than this.
   */
  private static final String STALE_TRANSACTION = "SET idle_in_transaction_session_timeout = '5s'";

  /**
   * What the scheduler writes last may be lost in a crash of the database: an operation that ended
   * is then looked at once more, and found ended.
   */
  private static final String NO_FLUSH = "SET synchronous_commit = off";

  /** Shared by all servers, and held alone by whoever works on the database while none runs. */
  static final long SERVER = 0x686f7470_6f6453L;

  private static final String BE_A_SERVER =
      """
      DO $$ BEGIN IF NOT pg_try_advisory_lock_shared(%d) THEN
        RAISE EXCEPTION 'hotpod database works on it; wait until that has ended'; END IF; END $$"""
          .formatted(SERVER);

  private final DatabaseSettings.Postgresql settings;
  private final String password;

  PostgresqlSource(DatabaseSettings.Postgresql settings) {
    this.settings = settings;
    this.password = PasswordFile.read(settings.passwordFile());
  }

  /** Makes connections with an {@link Outbox}. */
  private static final class Writing extends PGSimpleDataSource {
    private static final long serialVersionUID = 1;

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
      return Outbox.on(super.getConnection(user, password));
    }
  }

  HikariDataSource readers(int size) {
    return pool("read", source(READ), CONNECTION, size, List.of());
  }

  HikariDataSource schedulers(int size) {
    return pool("schedule", source(ANSWER), PATIENCE, size, List.of(STALE_TRANSACTION, NO_FLUSH));
  }

  HikariDataSource writer() {
    PGSimpleDataSource source = set(new Writing(), ANSWER);
    source.setReWriteBatchedInserts(true);
    return pool("write", source, CONNECTION, 1, List.of(STALE_TRANSACTION, BE_A_SERVER));
  }

  /** Its connections may be silent for as long as they like. */
  PGSimpleDataSource patient() {
    return source(Duration.ZERO);
  }

  private PGSimpleDataSource source(Duration answer) {
    return set(new PGSimpleDataSource(), answer);
  }

  private PGSimpleDataSource set(PGSimpleDataSource source, Duration answer) {
    source.setUrl(settings.url());
    source.setUser(settings.user());
    source.setPassword(password);
    source.setApplicationName("hotpod");
    source.setTcpKeepAlive(true);
    source.setConnectTimeout(Math.toIntExact(CONNECT.toSeconds()));
    source.setSocketTimeout(Math.toIntExact(answer.toSeconds()));
    return source;
  }

  private HikariDataSource pool(
      String name, PGSimpleDataSource source, Duration wait, int size, List<String> first) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("hotpod-" + name);
    config.setDataSource(source);
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(1);
    // The lock of a server goes with its connection.
    config.setMaxLifetime(first.contains(BE_A_SERVER) ? 0 : config.getMaxLifetime());
    config.setConnectionTimeout(wait.toMillis());
    config.setInitializationFailTimeout(CONNECT.toMillis());
    if (!first.isEmpty()) {
      config.setConnectionInitSql(String.join("; ", first));
    }
    try {
      return new HikariDataSource(config);
    } catch (PoolInitializationException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IllegalStateException(
          "cannot open the database %s as %s: %s; see that it runs, that the user exists and that"
                  .formatted(settings.url(), settings.user(), cause.getMessage())
              + " the password file holds its password",
          e);
    }
  }
}
