package io.hotpod.cli.process;

import io.hotpod.cli.session.CommandFailure;
import io.hotpod.cli.session.Session;
import io.hotpod.engine.DatabaseMaintenance;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "rotate-key",
    description = {
      "Encrypt what is secret in the database under a new key.",
      "It changes the key file. When it is broken off, the next call ends what was begun. Backups"
          + " that were made before need the key file of their day."
    })
final class RotateKey implements Runnable {
  private final Session session;

  @Mixin private final StateOptions state = new StateOptions();

  @Mixin private final DatabaseOptions database = new DatabaseOptions();

  RotateKey(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    ProcessLog.start(state.verbose);
    Path directory = state.directory(session, "server");
    try (StateLock lock = StateLock.take(directory)) {
      long texts = DatabaseMaintenance.rotateKey(database.engine(session, directory));
      session.print("encrypted %,d texts under a new key".formatted(texts));
    } catch (IllegalStateException refusal) {
      throw CommandFailure.of(refusal.getMessage() + ".");
    }
  }
}
