package io.hotpod.engine.store;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Locale;

/** Which database an engine works on. */
public sealed interface DatabaseSettings {
  /** A file in the state directory, for one server. */
  record Embedded() implements DatabaseSettings {}

  /**
   * A PostgreSQL, which several servers can share.
   *
   * @param url as its JDBC driver takes it; says whether and how TLS is used; holds no password
   * @param passwordFile its first line is the password; readable by its owner only
   */
  record Postgresql(String url, String user, Path passwordFile) implements DatabaseSettings {
    private static final String SCHEME = "jdbc:postgresql:";

    /**
     * @throws IllegalArgumentException for the URL of another database, or one with a password
     */
    public Postgresql {
      requireNonNull(url, "url is null");
      requireNonNull(user, "user is null");
      requireNonNull(passwordFile, "passwordFile is null");
      if (!url.startsWith(SCHEME)) {
        throw new IllegalArgumentException(
            "the URL of a PostgreSQL database begins with " + SCHEME + "//");
      }
      String lower = url.toLowerCase(Locale.ROOT);
      // It would be seen by everybody who lists processes.
      if (lower.contains("?password=") || lower.contains("&password=")) {
        throw new IllegalArgumentException(
            "the URL of the database holds a password; put it into a file instead");
      }
    }
  }
}
