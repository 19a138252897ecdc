package io.hotpod.engine.store;

import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * An open, migrated database: reads side by side, writes through one {@link GroupWriter}.
 * Thread-safe.
 */
public final class Database implements AutoCloseable {
  private static final int READERS = 8;
  private static final Duration BUSY = Duration.ofSeconds(20);

  private final Dialect dialect;
  private final Optional<Pools> pools;

  private Database(Dialect dialect, Optional<Pools> pools) {
    this.dialect = dialect;
    this.pools = pools;
  }

  /** What holds connections; without it nothing is read or written. */
  private record Pools(
      HikariDataSource readers,
      HikariDataSource schedulers,
      HikariDataSource writer,
      Jdbi reading,
      GroupWriter writing) {
    static Pools of(
        HikariDataSource readers, HikariDataSource schedulers, HikariDataSource writer) {
      return new Pools(
          readers, schedulers, writer, Jdbi.create(readers), new GroupWriter(Jdbi.create(writer)));
    }
  }

  /**
   * Opens the embedded database in a file, making or migrating it as needed.
   *
   * @param file readable by its owner only, like everything SQLite puts beside it
   */
  public static Database sqlite(Path file) {
    createPrivately(file);
    Database database =
        new Database(
            new SqliteDialect(),
            Optional.of(
                Pools.of(
                    pool(
                        "read", sqliteSource(file, SQLiteConfig.TransactionMode.DEFERRED), READERS),
                    pool("schedule", sqliteSource(file, SQLiteConfig.TransactionMode.IMMEDIATE), 2),
                    pool("write", sqliteSource(file, SQLiteConfig.TransactionMode.IMMEDIATE), 1))));
    database.migrate();
    return database;
  }

  /** No database: whatever is read or written fails. It opens nothing and costs nothing. */
  public static Database absent() {
    return new Database(new SqliteDialect(), Optional.empty());
  }

  private Pools pools() {
    return pools.orElseThrow(() -> new IllegalStateException("there is no database here"));
  }

  private static void createPrivately(Path file) {
    try {
      if (!Files.exists(file)) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the database file " + file, e);
    }
  }

  private static SQLiteDataSource sqliteSource(Path file, SQLiteConfig.TransactionMode mode) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    // Every commit is on the disk before it is answered; groups of writes share the cost.
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(Math.toIntExact(BUSY.toMillis()));
    config.setTransactionMode(mode);
    config.setCacheSize(-4096);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  private static HikariDataSource pool(String name, DataSource source, int size) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("hotpod-" + name);
    config.setDataSource(source);
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(BUSY.toMillis());
    return new HikariDataSource(config);
  }

  private void migrate() {
    Flyway.configure()
        .dataSource(pools().writer())
        .locations("classpath:db/migration/" + dialect.migrations())
        .load()
        .migrate();
  }

  /** Reads what is committed. */
  public <T> T read(Function<Handle, T> query) {
    return pools().reading().withHandle(query::apply);
  }

  /** The one way to change anything. */
  public GroupWriter writer() {
    return pools().writing();
  }

  /** For the scheduler's own statements. */
  public DataSource schedulerSource() {
    return pools().schedulers();
  }

  /** How the scheduler talks to this database. */
  public JdbcCustomization schedulerCustomization() {
    return dialect.schedulerCustomization();
  }

  /** Whether whatever another process seems to hold here was left by one that is gone. */
  public boolean isExclusive() {
    return dialect.isExclusive();
  }

  @Override
  public void close() {
    pools.ifPresent(
        open -> {
          open.writing().close();
          open.schedulers().close();
          open.readers().close();
          open.writer().close();
        });
  }
}
