package io.hotpod.bench;

import io.hotpod.engine.store.DatabaseSettings;
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

/** A PostgreSQL that writes to the disk at every commit, as it does when nobody sets it up. */
final class PostgresqlServer implements AutoCloseable {
  private final EmbeddedPostgres server;
  private final Path password;
  private int databases;

  PostgresqlServer(Path directory) throws IOException {
    this.server =
        EmbeddedPostgres.builder()
            .setPGStartupWait(Duration.ofSeconds(60))
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("max_connections", "100")
            .start();
    this.password =
        Files.createFile(
            directory.resolve("database-password"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(password, "postgres\n");
  }

  /** A new, empty database. */
  DatabaseSettings.Postgresql database() {
    String name = "bench" + databases++;
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot make the database " + name, e);
    }
    return new DatabaseSettings.Postgresql(
        "jdbc:postgresql://localhost:%d/%s".formatted(server.getPort(), name),
        "postgres",
        password);
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot stop the PostgreSQL", e);
    }
  }
}
