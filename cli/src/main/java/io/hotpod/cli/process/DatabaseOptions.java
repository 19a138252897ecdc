package io.hotpod.cli.process;

import io.hotpod.cli.session.CommandFailure;
import io.hotpod.cli.session.Session;
import io.hotpod.engine.EngineSettings;
import io.hotpod.engine.store.DatabaseSettings;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a server keeps everything. picocli fills the fields. */
final class DatabaseOptions {
  @Option(
      names = "--database",
      paramLabel = "URL",
      description = {
        "A PostgreSQL, which several servers can share: jdbc:postgresql://HOST/NAME with the",
        "driver's settings, such as ?sslmode=verify-full (default: a file in the state directory)."
      })
  private String url = "";

  @Option(
      names = "--database-user",
      paramLabel = "USER",
      description = "The user of that database (default: ${DEFAULT-VALUE}).")
  private String user = "hotpod";

  @Option(
      names = "--database-password-file",
      paramLabel = "FILE",
      description = "Its first line is the user's password; only its owner may read it.")
  private String passwordFile = "";

  @Option(
      names = "--secrets-key-file",
      paramLabel = "FILE",
      description = {
        "The keys under which secrets in the database are encrypted; servers that share a database",
        "share a copy of it (default: secrets.key in the state directory, made at the first start)."
      })
  private String secretsKeyFile = "";

  /**
   * What was chosen, for an engine.
   *
   * @param directory of its state
   */
  EngineSettings engine(Session session, Path directory) {
    EngineSettings settings =
        new EngineSettings(directory, session.clock(), session::newId).on(settings(session));
    return secretsKeyFile.isEmpty()
        ? settings
        : settings.withSecretsKeyFile(session.path(secretsKeyFile));
  }

  private DatabaseSettings settings(Session session) {
    if (url.isEmpty()) {
      if (!passwordFile.isEmpty()) {
        throw CommandFailure.usage("--database-password-file goes with --database.");
      }
      return new DatabaseSettings.Embedded();
    }
    if (passwordFile.isEmpty()) {
      throw CommandFailure.usage(
          "--database-password-file is missing: the file with the password of " + user + ".");
    }
    try {
      return new DatabaseSettings.Postgresql(url, user, session.path(passwordFile));
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("--database: " + e.getMessage() + ".");
    }
  }
}
