package io.hotpod.cli.process;

import io.hotpod.agent.runtime.kubelet.KubeletSettings;
import io.hotpod.cli.session.CommandFailure;
import io.hotpod.cli.session.Session;
import io.hotpod.engine.EngineSettings;
import io.hotpod.server.ServerSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a server and agents of this machine in one process, to try things out. */
@Command(
    name = "dev",
    description = {
      "Run a server and local agents on Podman or a kubelet in one process in the foreground.",
      "It prints 'ready URL' when everything is up, and stops on SIGTERM; the pods go on. The"
          + " instances are called local-1, local-2 and so on."
    })
public final class RunDevelopment implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(RunDevelopment.class);

  private final Session session;

  @Mixin private final StateOptions state = new StateOptions();

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      converter = Listen.Converter.class,
      description = "Where to listen (default: ${DEFAULT-VALUE}; port 0 takes a free one).")
  private Listen listen = Listen.USUAL;

  @Option(
      names = "--instances",
      paramLabel = "N",
      description = "How many instances to play (default: ${DEFAULT-VALUE}).")
  private int instances = 1;

  @Mixin private final RuntimeOptions runtime = new RuntimeOptions();

  RunDevelopment(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    if (instances < 1 || instances > 100) {
      throw CommandFailure.usage("--instances takes a number from 1 to 100.");
    }
    ProcessLog.start(state.verbose);
    Path directory = state.directory(session, "dev");
    Optional<KubeletSettings> kubelet = runtime.kubelet(session);
    if (kubelet.isPresent() && instances > 1) {
      throw CommandFailure.usage(
          "--instances takes 1 where a kubelet runs the pods: a manifest directory is kept to one"
              + " agent.");
    }
    runtime.podmanSocket(session).ifPresent(RunDevelopment::requireSocket);
    try (Running running = new Running()) {
      running.run(() -> keep(running, directory, kubelet));
    }
  }

  private void keep(Running running, Path directory, Optional<KubeletSettings> kubelet) {
    running.add(StateLock.take(directory));
    ServerParts parts =
        ServerParts.start(
            running,
            new EngineSettings(directory.resolve("server"), session.clock(), session::newId),
            ServerSettings.withoutAuthentication(listen.host(), listen.port()));
    LocalInstances locals = new LocalInstances(session, parts, directory);
    locals.start(running, instances, runtime, kubelet);
    locals.awaitReports();
    for (String missing : locals.missing()) {
      LOG.warn(
          "{} was there in an earlier run and is not now: its pods go on, and nobody looks after"
              + " them; start with more --instances, or give it up with 'hotpod instance remove"
              + " --force {}'",
          missing,
          missing);
    }
    session.print("ready " + parts.server().uri());
    running.await();
  }

  /** An agent waits for Podman's service, since machines start in any order; here nobody would. */
  private static void requireSocket(Path socket) {
    if (!Files.exists(socket)) {
      throw CommandFailure.of(
          "the Podman socket " + socket + " does not exist.",
          "Start Podman's service there ('podman system service --time=0 unix://"
              + socket
              + "'),"
              + " or leave out --podman-socket to have one started.");
    }
  }
}
