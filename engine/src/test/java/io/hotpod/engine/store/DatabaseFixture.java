package io.hotpod.engine.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The database that tests run on: the embedded one, or, where the system property {@code
 * hotpod.test.database} is {@code postgresql}, a database of the test's own on a PostgreSQL that
 * lives as long as this process.
 */
public final class DatabaseFixture {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final Map<Path, DatabaseSettings.Postgresql> MADE = new ConcurrentHashMap<>();

  private DatabaseFixture() {}

  /** Started when it is first asked for. */
  private static final class Cluster {
    private static final EmbeddedPostgres POSTGRES = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder()
            .setPGStartupWait(Duration.ofSeconds(60))
            .setServerConfig("fsync", "off")
            .setServerConfig("max_connections", "300")
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot start a PostgreSQL to test on", e);
      }
    }
  }

  /** The database of a test; the same for the same directory. */
  public static DatabaseSettings settings(Path directory) {
    return System.getProperty("hotpod.test.database", "sqlite").equals("postgresql")
        ? postgresql(directory)
        : new DatabaseSettings.Embedded();
  }

  /** The key file of a database; servers that share the one share the other. */
  public static Path keyFile(DatabaseSettings settings, Path directory) {
    return switch (settings) {
      case DatabaseSettings.Embedded embedded -> directory.resolve("secrets.key");
      case DatabaseSettings.Postgresql postgresql ->
          postgresql.passwordFile().resolveSibling("secrets.key");
    };
  }

  /** Opens the database of a test. */
  public static Database open(Path directory) {
    return Database.open(
        settings(directory), directory.resolve("test.db"), directory.resolve("secrets.key"));
  }

  /** A PostgreSQL database of the test's own; the same for the same directory. */
  public static DatabaseSettings.Postgresql postgresql(Path directory) {
    return MADE.computeIfAbsent(directory, DatabaseFixture::create);
  }

  private static DatabaseSettings.Postgresql create(Path directory) {
    String name = "test" + COUNT.incrementAndGet();
    try (Connection connection = Cluster.POSTGRES.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
      Path password = directory.resolve("database-password");
      Files.createFile(
          password,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(password, "postgres\n");
      return new DatabaseSettings.Postgresql(
          "jdbc:postgresql://localhost:%d/%s".formatted(Cluster.POSTGRES.getPort(), name),
          "postgres",
          password);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot make the database " + name, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
