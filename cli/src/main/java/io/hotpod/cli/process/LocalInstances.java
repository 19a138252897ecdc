package io.hotpod.cli.process;

import static java.util.Objects.requireNonNull;

import io.hotpod.agent.Agent;
import io.hotpod.agent.AgentSettings;
import io.hotpod.agent.runtime.kubelet.KubeletSettings;
import io.hotpod.agent.runtime.podman.service.PodmanService;
import io.hotpod.agent.state.StateDirectory;
import io.hotpod.cli.session.CommandFailure;
import io.hotpod.cli.session.Session;
import io.hotpod.engine.EngineException;
import io.hotpod.engine.ErrorCode;
import io.hotpod.engine.instance.Instance;
import io.hotpod.engine.instance.InstanceService;
import io.hotpod.engine.stack.Caller;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Agents that play instances {@code local-1}, {@code local-2}, … on one Podman or kubelet. */
final class LocalInstances {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The engine wakes nobody for a first report, and this is asked within the process. */
  private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

  private static final String PREFIX = "local-";

  private final Session session;
  private final ServerParts parts;
  private final Path directory;
  private final Caller caller;
  private final Instant since;
  private final List<String> names = new ArrayList<>();

  LocalInstances(Session session, ServerParts parts, Path directory) {
    this.session = requireNonNull(session, "session is null");
    this.parts = requireNonNull(parts, "parts is null");
    this.directory = requireNonNull(directory, "directory is null");
    this.caller = Caller.of(session.project());
    this.since = session.clock().instant();
  }

  /** Starts the agents; they go on enrolling when this returns. */
  void start(
      Running running, int count, RuntimeOptions runtime, Optional<KubeletSettings> kubelet) {
    try {
      Optional<Path> socket = runtime.podmanSocket(session);
      if (kubelet.isEmpty() && socket.isEmpty()) {
        socket =
            Optional.of(running.add(PodmanService.start(directory.resolve("podman"))).socket());
      }
      for (int number = 1; number <= count; number++) {
        String name = PREFIX + number;
        names.add(name);
        RunAgent.start(
            running.add(new Agent(runtime.apply(session, settings(name), socket, kubelet))));
      }
    } catch (IOException failure) {
      throw CommandFailure.of("" + failure.getMessage());
    }
  }

  private AgentSettings settings(String name) throws IOException {
    Path state = directory.resolve(name);
    AgentSettings settings = AgentSettings.of(parts.server().uri(), name, state);
    if (new StateDirectory(state).identity().isPresent()) {
      return settings;
    }
    return settings.withJoinToken(
        parts.engine().instances().createJoinToken(caller, Duration.ofMinutes(10)).secret());
  }

  /**
   * Returns when each instance has reported since the start with a runtime that works.
   *
   * @throws CommandFailure when one has not in a minute, with what is known of it
   */
  void awaitReports() {
    for (String name : names) {
      Optional<Instance> instance = find(name);
      while (!instance.map(this::isUp).orElse(false)) {
        if (Duration.between(since, session.clock().instant()).compareTo(PATIENCE) > 0) {
          throw CommandFailure.of("the agent of " + name + " does not get up: " + why(instance));
        }
        LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        instance = find(name);
      }
    }
  }

  /** Instances that earlier runs of this state had and this one has not. */
  List<String> missing() {
    return parts.engine().instances().list(caller).stream()
        .map(Instance::name)
        .filter(name -> name.startsWith(PREFIX) && !names.contains(name))
        .toList();
  }

  private Optional<Instance> find(String name) {
    InstanceService instances = parts.engine().instances();
    try {
      return Optional.of(instances.find(caller, name));
    } catch (EngineException refusal) {
      if (refusal.code() == ErrorCode.INSTANCE_NOT_FOUND) {
        return Optional.empty();
      }
      throw refusal;
    }
  }

  private boolean isUp(Instance instance) {
    return instance.lastSeenAt().map(seen -> !seen.isBefore(since)).orElse(false)
        && instance.facts().map(facts -> facts.runtimeProblem().isEmpty()).orElse(false);
  }

  private static String why(Optional<Instance> instance) {
    return instance
        .flatMap(Instance::facts)
        .map(facts -> facts.runtimeProblem())
        .filter(problem -> !problem.isEmpty())
        .orElse("it has not reported yet; see the log above.");
  }
}
