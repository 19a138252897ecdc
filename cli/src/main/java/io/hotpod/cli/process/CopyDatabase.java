package io.hotpod.cli.process;

import io.hotpod.cli.session.CommandFailure;
import io.hotpod.cli.session.Session;
import io.hotpod.engine.DatabaseMaintenance;
import io.hotpod.engine.EngineSettings;
import io.hotpod.engine.store.DatabaseSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "copy",
    description = {
      "Copy the database of a server's state directory into an empty PostgreSQL.",
      "No server may run on either. The source stays as it is. A copy that is broken off leaves"
          + " nothing, and can be begun again."
    })
final class CopyDatabase implements Runnable {
  private final Session session;

  @Option(
      names = "--from",
      paramLabel = "DIR",
      required = true,
      description = "The state directory of the server.")
  private String from = "";

  @Option(
      names = "--to",
      paramLabel = "URL",
      required = true,
      description = "An empty PostgreSQL: jdbc:postgresql://HOST/NAME with the driver's settings.")
  private String to = "";

  @Option(
      names = "--database-user",
      paramLabel = "USER",
      description = "The user of that database (default: ${DEFAULT-VALUE}).")
  private String user = "hotpod";

  @Option(
      names = "--database-password-file",
      paramLabel = "FILE",
      required = true,
      description = "Its first line is the user's password; only its owner may read it.")
  private String passwordFile = "";

  @Option(
      names = "--secrets-key-file",
      paramLabel = "FILE",
      description = "The server's key file (default: secrets.key in the state directory).")
  private String secretsKeyFile = "";

  @Option(names = "--verbose", description = "Log more than changes of state.")
  private boolean verbose;

  CopyDatabase(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    ProcessLog.start(verbose);
    Path directory = session.path(from).toAbsolutePath().normalize();
    if (!Files.isDirectory(directory)) {
      throw CommandFailure.usage("--from: there is no directory " + directory + ".");
    }
    EngineSettings source = new EngineSettings(directory, session.clock(), session::newId);
    if (!secretsKeyFile.isEmpty()) {
      source = source.withSecretsKeyFile(session.path(secretsKeyFile));
    }
    try (StateLock lock = StateLock.take(directory)) {
      Map<String, Long> rows = DatabaseMaintenance.copy(source, target());
      rows.forEach((table, count) -> session.print("%,12d  %s".formatted(count, table)));
      session.print("copied; the key file is %s".formatted(source.secretsKeyFile()));
    } catch (IllegalStateException refusal) {
      throw CommandFailure.of(refusal.getMessage() + ".");
    }
  }

  private DatabaseSettings.Postgresql target() {
    try {
      return new DatabaseSettings.Postgresql(to, user, session.path(passwordFile));
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("--to: " + e.getMessage() + ".");
    }
  }
}
