package io.hotpod.cli.process;

import io.hotpod.cli.session.CommandFailure;
import io.hotpod.engine.Engine;
import io.hotpod.engine.EngineSettings;
import io.hotpod.engine.Engines;
import io.hotpod.server.HotpodServer;
import io.hotpod.server.ServerSettings;
import java.io.UncheckedIOException;

/** An engine with a server in front. */
record ServerParts(Engine engine, HotpodServer server) {
  /**
   * Starts both.
   *
   * @throws CommandFailure when the directory or the port is taken, or may not be listened on, or
   *     the database cannot be opened
   */
  static ServerParts start(Running running, EngineSettings settings, ServerSettings server) {
    running.add(SpareHeap.start());
    Engine engine;
    try {
      engine = running.add(Engines.open(settings));
    } catch (IllegalStateException taken) {
      throw CommandFailure.of(taken.getMessage() + ".");
    }
    return new ServerParts(engine, running.add(listen(engine, server)));
  }

  private static HotpodServer listen(Engine engine, ServerSettings settings) {
    try {
      return HotpodServer.start(settings, engine);
    } catch (IllegalArgumentException refusal) {
      throw CommandFailure.of(refusal.getMessage() + ".");
    } catch (UncheckedIOException failure) {
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      throw CommandFailure.of(
          cause.getMessage() + ".",
          "If another process has the port, stop it or choose another with --listen.");
    }
  }
}
