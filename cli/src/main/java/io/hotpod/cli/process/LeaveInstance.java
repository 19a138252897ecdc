package io.hotpod.cli.process;

import io.hotpod.agent.AgentSettings;
import io.hotpod.agent.Leaving;
import io.hotpod.cli.session.CommandFailure;
import io.hotpod.cli.session.FileReasons;
import io.hotpod.cli.session.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes this machine out of its server. */
@Command(
    name = "leave",
    description = {
      "Stop being an instance: the server forgets this machine, and this machine its credential"
          + " and",
      "what its pods should be. Its pods go on, and nobody looks after them any more, unless they",
      "are removed. The agent has to be stopped before. It can be repeated."
    })
final class LeaveInstance implements Runnable {
  private static final String AGAIN = "hotpod agent leave --remove-pods";

  private final Session session;

  @Mixin private final StateOptions state = new StateOptions();

  @Option(
      names = "--remove-pods",
      description = {
        "Remove the instance's pods first, each with its grace period;",
        "where that fails, nothing else is done. Also for pods that an earlier 'leave' left."
      })
  private boolean removingPods;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "With --source heat: as the agent was started (default: heat).")
  private String name = HeatOptions.USUAL_NAME;

  @Option(
      names = "--source",
      paramLabel = "hotpod|heat",
      description = "Where its pods came from (default: ${DEFAULT-VALUE}).")
  private RunAgent.From source = RunAgent.From.hotpod;

  @Mixin private final RuntimeOptions runtime = new RuntimeOptions();

  LeaveInstance(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    ProcessLog.start(state.verbose);
    session.authorities().ifPresent(SSLContext::setDefault);
    boolean heat = source == RunAgent.From.heat;
    Path directory = state.directory(session, heat ? HeatOptions.DIRECTORY : "agent");
    if (!Files.exists(directory)) {
      session.print("There is no instance here: " + directory + " does not exist.");
      return;
    }
    AgentSettings settings =
        runtime.apply(
            session,
            heat
                ? AgentSettings.withoutServer(name, directory)
                : AgentSettings.of(session.server(), name, directory),
            runtime.podmanSocket(session),
            runtime.kubelet(session));
    // Keeps an agent from starting meanwhile.
    try (StateLock _ = StateLock.take(directory)) {
      tell(leave(heat, settings), directory);
    }
  }

  private Leaving.Outcome leave(boolean heat, AgentSettings settings) {
    RandomGenerator random = RandomGenerator.getDefault();
    Leaving leaving =
        heat
            ? Leaving.standalone(settings, session.clock(), random)
            : new Leaving(settings, session.clock(), random);
    try {
      return leaving.leave(removingPods);
    } catch (IOException failure) {
      throw CommandFailure.of(
          "the instance is not left: " + FileReasons.of(failure) + ".",
          "Nothing was forgotten, so it can be repeated. Without --remove-pods the pods are left.");
    } catch (IllegalStateException failure) {
      throw CommandFailure.of(failure.getMessage() + ".");
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw CommandFailure.of("interrupted while leaving; it can be repeated.");
    }
  }

  private void tell(Leaving.Outcome outcome, Path directory) {
    if (!outcome.removed().isEmpty()) {
      session.print(pods(outcome.removed()) + " removed: " + names(outcome.removed()));
    }
    Optional<List<String>> left = outcome.left();
    if (left.isEmpty()) {
      session.print(
          "Whether pods run is not known. \"" + AGAIN + "\" removes what the instance had.");
    } else if (!left.get().isEmpty()) {
      session.print(pods(left.get()) + " left running: " + names(left.get()));
      session.print("Nobody looks after them any more; \"" + AGAIN + "\" removes them.");
    }
    outcome
        .instance()
        .ifPresentOrElse(
            instance -> tell(instance, outcome.word()),
            () -> session.print("No instance of a server is remembered in " + directory + "."));
  }

  private void tell(String instance, Leaving.Word word) {
    String remove = "\"hotpod instance remove --force " + instance + "\"";
    switch (word) {
      case Leaving.Word.Nothing _ -> {}
      case Leaving.Word.Told _ ->
          session.print("The server " + session.server() + " has forgotten the instance.");
      case Leaving.Word.Unknown _ ->
          session.print(
              "The server "
                  + session.server()
                  + " does not take the instance's credential: it was removed there before, or its"
                  + " credential has expired. Where \"hotpod instance list\" still shows it, "
                  + remove
                  + " has it forgotten.");
      case Leaving.Word.Untold untold ->
          session.print(
              "The server does not know yet ("
                  + untold.reason()
                  + "). Once it can be reached, "
                  + remove
                  + " has it forget the instance.");
    }
    session.print("This machine is no longer the instance " + instance + ".");
  }

  private static String pods(List<String> names) {
    return names.size() == 1 ? "1 pod is" : names.size() + " pods are";
  }

  private static String names(List<String> names) {
    return String.join(", ", names.stream().sorted().toList());
  }
}
