package io.hotpod.cli.process;

import io.hotpod.cli.session.Session;
import io.hotpod.engine.EngineSettings;
import io.hotpod.server.ServerSettings;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a server until it is told to stop. */
@Command(
    name = "server",
    description = {
      "Run a server in the foreground.",
      "It prints 'ready URL' once it answers, and stops on SIGTERM. Without authentication it"
          + " listens on the loopback interface only."
    })
public final class RunServer implements Runnable {
  private final Session session;

  @Mixin private final StateOptions state = new StateOptions();

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      converter = Listen.Converter.class,
      description = "Where to listen (default: ${DEFAULT-VALUE}; port 0 takes a free one).")
  private Listen listen = Listen.USUAL;

  @Mixin private final DatabaseOptions database = new DatabaseOptions();

  @Mixin private final KeepingOptions keeping = new KeepingOptions();

  @Mixin private final AccessOptions access = new AccessOptions();

  @Mixin private final RateOptions rates = new RateOptions();

  RunServer(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    ProcessLog.start(state.verbose);
    Path directory = state.directory(session, "server");
    ServerSettings settings =
        rates.apply(
            access.apply(
                session,
                directory,
                ServerSettings.withoutAuthentication(listen.host(), listen.port())));
    EngineSettings engine = keeping.apply(database.engine(session, directory));
    try (Running running = new Running()) {
      running.run(
          () -> {
            running.add(StateLock.take(directory));
            ServerParts parts = ServerParts.start(running, engine, settings);
            session.print("ready " + parts.server().uri());
            running.await();
          });
    }
  }
}
