package io.hotpod.engine.store;

import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.hotpod.engine.secret.DigestKey;
import io.hotpod.engine.wake.Relay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.ConnectionException;
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
  private static final int SCHEDULERS = 4;
  private static final Duration BUSY = Duration.ofSeconds(20);

  private final Dialect dialect;
  private final Optional<Pools> pools;
  private final Optional<PostgresqlRelay> relay;
  private final DatabaseHealth health;

  /** For what takes long. */
  private final DataSource patient;

  private Database(
      Dialect dialect,
      DatabaseHealth health,
      Optional<Pools> pools,
      Optional<PostgresqlRelay> relay,
      DataSource patient) {
    this.dialect = dialect;
    this.patient = patient;
    this.health = health;
    this.pools = pools;
    this.relay = relay;
  }

  /** What holds connections; without it nothing is read or written. */
  private record Pools(
      HikariDataSource readers,
      HikariDataSource schedulers,
      HikariDataSource writer,
      Jdbi reading,
      GroupWriter writing,
      Commits commits) {
    static Pools of(
        Dialect dialect,
        DatabaseHealth health,
        HikariDataSource readers,
        HikariDataSource schedulers,
        HikariDataSource writer,
        Commits commits) {
      return new Pools(
          readers,
          schedulers,
          writer,
          Jdbi.create(readers),
          new GroupWriter(Jdbi.create(writer), dialect::becomeTheWriter, health, commits),
          commits);
    }
  }

  /**
   * Opens a database, making or migrating its tables as needed.
   *
   * @param embeddedFile where the embedded one is
   * @param keyFile with the keys under which its secrets are encrypted; made for a new database
   * @throws IllegalStateException when it cannot be opened, or was written under another key,
   *     saying what to do
   */
  public static Database open(DatabaseSettings settings, Path embeddedFile, Path keyFile) {
    return open(settings, embeddedFile, keyFile, Commits.UNDISTURBED);
  }

  /** The same with something between its writes and the disk. */
  public static Database open(
      DatabaseSettings settings, Path embeddedFile, Path keyFile, Commits commits) {
    Database database = withoutKeys(settings, embeddedFile, commits);
    try {
      database.keys(keyFile).prepare();
      database.health.probeWith(database::probe);
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /**
   * The same for work that no server may see half done.
   *
   * @throws IllegalStateException also when a server runs on it
   */
  public static Database openAlone(DatabaseSettings settings, Path embeddedFile, Path keyFile) {
    Database database = withoutKeys(settings, embeddedFile);
    try {
      database.requireNoServer();
      database.keys(keyFile).prepare();
      database.health.probeWith(database::probe);
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** A database of which nothing is read yet that can be secret. */
  static Database withoutKeys(DatabaseSettings settings, Path embeddedFile) {
    return withoutKeys(settings, embeddedFile, Commits.UNDISTURBED);
  }

  private static Database withoutKeys(
      DatabaseSettings settings, Path embeddedFile, Commits commits) {
    return switch (settings) {
      case DatabaseSettings.Embedded embedded -> sqlite(embeddedFile, commits);
      case DatabaseSettings.Postgresql postgresql -> postgresql(postgresql, commits);
    };
  }

  private DatabaseKeys keys(Path keyFile) {
    return new DatabaseKeys(
        pools().writing(), pools().reading(), Jdbi.create(patient), dialect, keyFile);
  }

  /**
   * Encrypts everything under a new key, and forgets the old ones. After a crash, calling it again
   * ends what was begun.
   *
   * @return how many texts were encrypted anew
   */
  public long rotateKey(Path keyFile) {
    return keys(keyFile).rotate();
  }

  /**
   * Copies everything into an empty PostgreSQL, which has the same key file from then on.
   *
   * @return how many rows each table has there
   * @throws IllegalStateException when it is not empty, or a server runs on it
   */
  public Map<String, Long> copyTo(DatabaseSettings.Postgresql settings, Instant now) {
    try (Database target = postgresql(settings)) {
      target.requireNoServer();
      return Jdbi.create(target.patient)
          .inTransaction(
              to ->
                  Jdbi.create(patient)
                      .inTransaction(
                          from ->
                              new DatabaseCopy(from, to)
                                  .copy(target.dialect.schedulerCustomization(), now)));
    }
  }

  private void requireNoServer() {
    if (!writer().write(dialect::becomeTheOnlyServer)) {
      throw new IllegalStateException(
          "a Hotpod server runs on the database; stop it, and all others, first");
    }
  }

  /** Makes digests, and modification tokens, of what can be secret. */
  public DigestKey digests() {
    return pools().reading().getConfig(Sealing.class).digests();
  }

  /**
   * Opens the embedded database in a file, making or migrating it as needed.
   *
   * @param file readable by its owner only, like everything SQLite puts beside it
   */
  static Database sqlite(Path file) {
    return sqlite(file, Commits.UNDISTURBED);
  }

  private static Database sqlite(Path file, Commits commits) {
    createPrivately(file);
    Dialect dialect = new SqliteDialect();
    DatabaseHealth health = new DatabaseHealth(dialect::trouble);
    Database database =
        new Database(
            dialect,
            health,
            Optional.of(
                Pools.of(
                    dialect,
                    health,
                    pool(
                        "read", sqliteSource(file, SQLiteConfig.TransactionMode.DEFERRED), READERS),
                    pool("schedule", sqliteSource(file, SQLiteConfig.TransactionMode.IMMEDIATE), 2),
                    pool("write", sqliteSource(file, SQLiteConfig.TransactionMode.IMMEDIATE), 1),
                    commits)),
            Optional.empty(),
            sqliteSource(file, SQLiteConfig.TransactionMode.DEFERRED));
    return database.migrated(database.pools().writer());
  }

  /**
   * Opens a database on a PostgreSQL, making or migrating its tables as needed; servers that do so
   * at the same time take turns.
   *
   * @throws IllegalStateException when it cannot be reached, saying what to do
   */
  static Database postgresql(DatabaseSettings.Postgresql settings) {
    return postgresql(settings, Commits.UNDISTURBED);
  }

  private static Database postgresql(DatabaseSettings.Postgresql settings, Commits commits) {
    PostgresqlSource source = new PostgresqlSource(settings);
    Dialect dialect = new PostgresqlDialect();
    DatabaseHealth health = new DatabaseHealth(dialect::trouble);
    // The first one finds out whether the database can be reached at all.
    HikariDataSource writer = source.writer();
    Database database =
        new Database(
            dialect,
            health,
            Optional.of(
                Pools.of(
                    dialect,
                    health,
                    source.readers(READERS),
                    source.schedulers(SCHEDULERS),
                    writer,
                    commits)),
            Optional.of(new PostgresqlRelay(source.patient())),
            source.patient());
    return database.migrated(source.patient());
  }

  /** No database: whatever is read or written fails. It opens nothing and costs nothing. */
  public static Database absent() {
    Dialect dialect = new SqliteDialect();
    return new Database(
        dialect,
        new DatabaseHealth(dialect::trouble),
        Optional.empty(),
        Optional.empty(),
        new SQLiteDataSource());
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
    // Pages of 4 KiB; whatever changed many times by then is copied into the file once.
    config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, "8000");
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

  /** This database, with the tables that this program wants; closed when that fails. */
  private Database migrated(DataSource source) {
    try {
      Flyway.configure()
          .dataSource(source)
          .locations("classpath:db/migration/" + dialect.migrations())
          .load()
          .migrate();
      return this;
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Reads what is committed.
   *
   * @throws DatabaseAwayException when the database cannot be reached
   */
  public <T> T read(Function<Handle, T> query) {
    long end = System.nanoTime() + BUSY.toNanos();
    while (true) {
      health.requireReadable();
      try {
        pools().commits().reading();
        return pools().reading().withHandle(query::apply);
      } catch (ConnectionException e) {
        // Nothing was asked yet; all connections may only be busy.
        boolean busy = pools().readers().getHikariPoolMXBean().getActiveConnections() > 0;
        if (!busy || health.isTrouble(e) || System.nanoTime() > end) {
          throw health.explained(e);
        }
      } catch (RuntimeException e) {
        throw health.explained(e);
      }
    }
  }

  /** Why the database cannot be used at the moment, as far as is known. */
  public Optional<String> problem() {
    return health.problem();
  }

  /** Returns once it can be written, or when it is closed. */
  public void awaitWritable() throws InterruptedException {
    health.awaitWritable();
  }

  /** Throws while there is something that the database cannot do. */
  private void probe() {
    pools().writing().aside(SecretTable::touch);
    pools().reading().useHandle(SecretTable::touchNothing);
  }

  /** The one way to change anything. */
  public GroupWriter writer() {
    return pools().writing();
  }

  /** For the scheduler's own statements. */
  public DataSource schedulerSource() {
    return dialect.schedulerSource(pools().schedulers(), writer());
  }

  /** How the scheduler talks to this database. */
  public JdbcCustomization schedulerCustomization() {
    return dialect.schedulerCustomization();
  }

  /** Whether the scheduler picks all that is due with one statement. */
  public boolean picksTogether() {
    return dialect.picksTogether();
  }

  /** How often owners of operations say that they live. */
  public Duration heartbeat() {
    return dialect.heartbeat();
  }

  /**
   * The time that all servers on the database can agree on.
   *
   * @return empty where this process is the only one
   * @throws DatabaseAwayException when it cannot be asked
   */
  public Optional<Instant> now() {
    return dialect.isExclusive() ? Optional.empty() : read(dialect::now);
  }

  /** After how many heartbeats that did not come an owner counts as dead. */
  public int missedHeartbeats() {
    return dialect.missedHeartbeats();
  }

  /** Carries wake-ups to and from the other servers on this database. */
  public Relay relay() {
    return relay.isPresent() ? relay.get() : Relay.NONE;
  }

  /** Whether whatever another process seems to hold here was left by one that is gone. */
  public boolean isExclusive() {
    return dialect.isExclusive();
  }

  @Override
  public void close() {
    health.close();
    relay.ifPresent(PostgresqlRelay::close);
    pools.ifPresent(
        open -> {
          open.writing().close();
          open.schedulers().close();
          open.readers().close();
          open.writer().close();
        });
  }
}
