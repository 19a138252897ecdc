package io.hotpod.cli.process;

import io.hotpod.agent.Agent;
import io.hotpod.agent.AgentSettings;
import io.hotpod.agent.runtime.kubelet.KubeletSettings;
import io.hotpod.cli.session.CommandFailure;
import io.hotpod.cli.session.FileReasons;
import io.hotpod.cli.session.Session;
import io.hotpod.cli.session.TextFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the agent of one instance until it is told to stop; the pods go on. */
@Command(
    name = "agent",
    description = {
      "Run the agent of this machine in the foreground.",
      "Its first start needs a join token, from a file or in HOTPOD_JOIN_TOKEN.",
      "With --source heat it serves an OpenStack Heat instead, and needs none."
    },
    subcommands = {DiagnoseAgent.class, LeaveInstance.class})
public final class RunAgent implements Runnable {
  /** Told by the text alone: an agent starts before there is a network to ask for names. */
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]", Pattern.CASE_INSENSITIVE);

  private static final String CLEARTEXT = "--allow-cleartext";

  /** Those that take no value. */
  private static final Set<String> FLAGS =
      Stream.concat(StateOptions.FLAGS.stream(), Stream.of(CLEARTEXT))
          .collect(Collectors.toUnmodifiableSet());

  private final Session session;

  @Mixin private final StateOptions state = new StateOptions();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = {
        "The instance's name, as templates give it in the property 'server';",
        "with --source heat any that stays the same (default there: heat)."
      })
  private String name = "";

  /** Where desired pods come from. */
  enum From {
    hotpod,
    heat
  }

  @Option(
      names = "--source",
      paramLabel = "hotpod|heat",
      description = "Where pods come from (default: ${DEFAULT-VALUE}).")
  private From source = From.hotpod;

  @Mixin private final HeatOptions heat = new HeatOptions();

  @Option(
      names = "--join-token-file",
      paramLabel = "FILE",
      description = "A file with the token of 'hotpod instance join-token'.")
  private String joinTokenFile = "";

  @Option(
      names = CLEARTEXT,
      description = "Speak plain HTTP with a server on another machine: on a network of its own.")
  private boolean cleartext;

  @Mixin private final RuntimeOptions runtime = new RuntimeOptions();

  RunAgent(Session session) {
    this.session = session;
  }

  /**
   * Reads the arguments in their usual form, {@code agent} and then options, without picocli.
   *
   * @return empty when they are anything else, or not known here
   */
  public static Optional<RunAgent> read(Session session, List<String> arguments) {
    if (arguments.isEmpty() || !arguments.getFirst().equals("agent")) {
      return Optional.empty();
    }
    RunAgent agent = new RunAgent(session);
    List<String> words = arguments.subList(1, arguments.size());
    return UsualForm.read(words, FLAGS, agent::set) ? Optional.of(agent) : Optional.empty();
  }

  private boolean set(String option, String value) {
    switch (option) {
      case "--name" -> name = value;
      case "--join-token-file" -> joinTokenFile = value;
      case CLEARTEXT -> cleartext = true;
      case "--source" -> {
        Optional<From> named =
            Arrays.stream(From.values()).filter(each -> each.name().equals(value)).findFirst();
        named.ifPresent(each -> source = each);
        return named.isPresent();
      }
      default -> {
        return session.options().setServer(option, value)
            || state.set(option, value)
            || heat.set(option, value)
            || runtime.set(option, value);
      }
    }
    return true;
  }

  @Override
  public void run() {
    ProcessLog.start(state.verbose);
    // Everything in this process that trusts whom Java trusts talks to the server only.
    session.authorities().ifPresent(SSLContext::setDefault);
    switch (source) {
      case hotpod -> serveHotpod();
      case heat -> serveHeat();
    }
  }

  private void serveHeat() {
    String called = name.isEmpty() ? HeatOptions.USUAL_NAME : name;
    Path directory = state.directory(session, HeatOptions.DIRECTORY);
    AgentSettings settings =
        runtime.apply(
            session,
            AgentSettings.withoutServer(called, directory),
            runtime.podmanSocket(session),
            runtime.kubelet(session));
    try (Running running = new Running()) {
      running.run(() -> keepForHeat(running, settings));
    }
  }

  private void keepForHeat(Running running, AgentSettings settings) {
    running.add(StateLock.take(settings.stateDirectory()));
    running.add(SpareHeap.start());
    try {
      running.add(heat.agent(session, settings)).start();
    } catch (IOException failure) {
      throw CommandFailure.of("the agent cannot start: " + FileReasons.of(failure) + ".");
    } catch (IllegalStateException failure) {
      throw CommandFailure.of(failure.getMessage() + ".");
    }
    session.print("serving Heat as " + settings.name());
    running.await();
  }

  private void serveHotpod() {
    if (name.isEmpty()) {
      throw CommandFailure.usage("--name is missing: the instance's name, as templates give it.");
    }
    requireTls(session.server());
    Path directory = state.directory(session, "agent");
    Optional<KubeletSettings> kubelet = runtime.kubelet(session);
    try (Running running = new Running()) {
      running.run(() -> keep(running, directory, kubelet));
    }
  }

  /** The credential and the values of secrets go over this line. */
  private void requireTls(URI server) {
    if ("http".equalsIgnoreCase(server.getScheme())
        && !cleartext
        && !LOOPBACK.matcher(server.getHost()).matches()) {
      throw CommandFailure.usage(
          server + " is on another machine and speaks no TLS: secrets could be read on the way.",
          "Give its https:// URL, or say with --allow-cleartext that this is wanted.");
    }
  }

  private void keep(Running running, Path directory, Optional<KubeletSettings> kubelet) {
    running.add(StateLock.take(directory));
    running.add(SpareHeap.start());
    AgentSettings settings = AgentSettings.of(session.server(), name, directory);
    String token = joinToken();
    if (!token.isEmpty()) {
      settings = settings.withJoinToken(token);
    }
    settings = runtime.apply(session, settings, runtime.podmanSocket(session), kubelet);
    Agent agent = running.add(new Agent(settings));
    start(agent);
    CompletableFuture<String> enrolled = agent.instanceId();
    session.print("instance " + name + " has the id " + id(enrolled));
    running.await();
  }

  static void start(Agent agent) {
    try {
      agent.start();
    } catch (IOException failure) {
      throw CommandFailure.of("the agent cannot start: " + FileReasons.of(failure) + ".");
    } catch (IllegalStateException failure) {
      throw CommandFailure.of(failure.getMessage() + ".");
    }
  }

  /** Waits for the server; an agent may well start before it. */
  private static String id(CompletableFuture<String> enrolled) {
    try {
      return enrolled.get();
    } catch (ExecutionException refusal) {
      throw CommandFailure.of(
          "" + (refusal.getCause() == null ? refusal : refusal.getCause()).getMessage());
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw CommandFailure.of("interrupted while enrolling.");
    }
  }

  /** Never an argument: arguments are seen by everybody on the machine. */
  private String joinToken() {
    if (joinTokenFile.isEmpty()) {
      return session.variable("HOTPOD_JOIN_TOKEN").strip();
    }
    String token;
    try {
      token = TextFile.read(session.path(joinTokenFile)).strip();
    } catch (IOException failure) {
      throw CommandFailure.usage(
          "the join token file " + joinTokenFile + " " + failure.getMessage() + ".");
    }
    if (token.isEmpty()) {
      throw CommandFailure.usage(
          "the join token file " + joinTokenFile + " is empty.",
          "'hotpod instance join-token' makes a token.");
    }
    return token;
  }
}
